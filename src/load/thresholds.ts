/** One parsed threshold of k6's grammar, such as `tools/call:p(95)<100ms`. */
export interface Threshold {
  /** As the user wrote it. */
  text: string
  /** The phase it is about; all measured phases but `initialize` and `DELETE` when absent. */
  phase?: string
}
