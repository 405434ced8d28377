/* The part of k6 that the script uses; k6 has no other declarations in this project. https://grafana.com/docs/k6/latest/javascript-api/ */

declare module 'k6/http' {
  export interface Answer {
    status: number
    error: string
    /** 0 where all went well; 1400 to 1599 are statuses. */
    error_code: number
    body: string | null
    /** Names as `Content-Type`, values of several fields joined. */
    headers: Record<string, string>
    /** Milliseconds. */
    timings: { duration: number; sending: number; waiting: number; connecting: number }
  }
  interface Http {
    request(method: string, url: string, body: string | null, params: object): Answer
    setResponseCallback(callback: null): void
  }
  const http: Http
  export default http
}

declare module 'k6/metrics' {
  interface Metric {
    add(value: number | boolean, tags?: Record<string, string>): void
  }
  export const Counter: new (name: string) => Metric
  export const Gauge: new (name: string) => Metric
  export const Rate: new (name: string) => Metric
  export const Trend: new (name: string, isTime: boolean) => Metric
}

declare module 'k6/execution' {
  interface Execution {
    vu: { idInTest: number; idInInstance: number }
    /** `startTime` in ms since the epoch. */
    scenario: { startTime: number }
    test: { options: { executionSegment?: string } }
  }
  const exec: Execution
  export default exec
}

declare module 'k6' {
  export function sleep(seconds: number): void
}

/** The environment of the k6 process, and the number of the virtual user: 0 while k6 reads the options. */
declare const __ENV: Record<string, string | undefined>
declare const __VU: number
