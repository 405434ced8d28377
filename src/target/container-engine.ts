import { randomUUID } from 'node:crypto'
import { basename, dirname } from 'node:path'
import { Readable } from 'node:stream'
import {
  type ContainerRuntimeClient,
  GenericContainer,
  getContainerRuntimeClient,
  getReaper,
  ImageName,
} from 'testcontainers'
import { LastLines } from './last-lines.js'
import type { TargetSource } from './source.js'

/** A container that runs. Nobody has asked yet whether the server in it is ready. */
export interface RunningContainer {
  host: string
  /** The port on the host that leads to the container's. */
  port: number
  /** Resolves when it has ended by itself, with how. */
  ended: Promise<string>
  /** The last lines it printed. */
  output(): Promise<string>
  /** What it has used: CPU seconds since it began, and memory now as `docker stats` has it (without the page cache), in KiB. */
  use(): Promise<{ cpuSeconds: number; rssKib: number } | undefined>
  /** Ends it at once and removes it with its volumes. */
  remove(): Promise<void>
}

/** What a container may use and what it is told. */
export type ContainerShape = Pick<TargetSource, 'cpus' | 'memoryBytes' | 'env'> & { port: number }

/** A container engine that answers. Throws where there is none. */
export function containerEngine(): Promise<ContainerRuntimeClient> {
  return getContainerRuntimeClient()
}

/** Starts Ryuk, which removes what is left when we are killed; `TESTCONTAINERS_RYUK_DISABLED` does without. Throws when it does not start. */
export async function guardLeftovers(engine: ContainerRuntimeClient): Promise<void> {
  await getReaper(engine)
}

/** Pulls an image that is not there. Returns the TCP ports it exposes. */
export async function pullImage(engine: ContainerRuntimeClient, image: string): Promise<number[]> {
  await engine.image.pull(ImageName.fromString(image))
  return exposedPorts(engine, image)
}

/** Builds an image from a Dockerfile and gives it a name of its own; `ports` are those it exposes. Throws with the last lines of the build. */
export async function buildImage(
  engine: ContainerRuntimeClient,
  dockerfile: string,
): Promise<{ image: string; ports: number[]; remove(): Promise<void> }> {
  const image = `localhost/mcp-gauntlet-target:${randomUUID()}`
  const { dockerode } = engine.container
  const output = new LastLines()
  const build = dockerode.buildImage
  // The library leaves a refused build unanswered and keeps what a build printed to itself.
  dockerode.buildImage = (async (...args: Parameters<typeof build>) => {
    try {
      const [context, options, ...rest] = args
      const stream = await build.apply(dockerode, [context, { ...options, forcerm: true }, ...rest])
      return stream.on('data', (data: Buffer) => output.add(buildLines(data.toString())))
    } catch (error) {
      output.add(`${(error as Error).message}\n`)
      return Readable.from([])
    }
  }) as typeof build
  try {
    await GenericContainer.fromDockerfile(dirname(dockerfile), basename(dockerfile)).build(image)
  } catch (error) {
    const words = output.last()
    throw Object.assign(error as Error, { output: words, ...(words ? { message: words.split('\n').at(-1) } : {}) })
  } finally {
    dockerode.buildImage = build
  }
  const remove = async () => void (await dockerode.getImage(image).remove({ force: true }))
  return { image, ports: await exposedPorts(engine, image), remove }
}

/** Starts a container; what was begun is removed again when that fails, and the error then carries its `output`. */
export async function runContainer(
  engine: ContainerRuntimeClient,
  image: string,
  shape: ContainerShape,
): Promise<RunningContainer> {
  const container = new BoundedContainer(image, shape, isLocal(engine))
  const starting = container.start()
  starting.catch(() => {})
  const id = await Promise.race([container.created, starting.then((started) => started.getId())])
  const inside = engine.container.getById(id)
  const remove = async () => void (await inside.remove({ force: true, v: true }).catch(ignoreGone))
  const output = async () => demultiplexed(await inside.logs({ stdout: true, stderr: true, tail: 200 }))
  const ended = inside.wait({ condition: 'next-exit' }).then(async ({ StatusCode: code }: { StatusCode: number }) => {
    const { State: state } = await inside.inspect()
    return `exit code ${code}${state.OOMKilled ? ', killed for want of memory,' : ''}`
  })
  ended.catch(() => {})
  try {
    // The library waits ten seconds for the ports of a container that is no longer there.
    const started = await Promise.race([
      starting,
      ended.then((how) => Promise.reject(new Error(`it ended with ${how}`))),
    ])
    return {
      host: started.getHost(),
      port: started.getMappedPort(shape.port),
      ended,
      output,
      use: () => inside.stats({ stream: false, 'one-shot': true }).then(useOf, () => undefined),
      remove,
    }
  } catch (error) {
    const last = await output().catch(() => '')
    await remove()
    throw Object.assign(error as Error, { output: last })
  }
}

/** A container within its bounds, whose port only this machine can reach where the engine runs here too. */
class BoundedContainer extends GenericContainer {
  readonly created: Promise<string>
  private tell: (id: string) => void = () => {}

  constructor(image: string, { port, cpus, memoryBytes, env = {} }: ContainerShape, local: boolean) {
    super(image)
    this.created = new Promise((resolve) => {
      this.tell = resolve
    })
    this.withExposedPorts(port).withEnvironment(env).withWaitStrategy(notAtAll)
    this.hostConfig.PortBindings = { [`${port}/tcp`]: [{ HostPort: '0', ...(local ? { HostIp: '127.0.0.1' } : {}) }] }
    if (cpus !== undefined) this.hostConfig.NanoCpus = Math.round(cpus * 1e9)
    // Without a bound of its own, swap would double the memory.
    if (memoryBytes !== undefined) Object.assign(this.hostConfig, { Memory: memoryBytes, MemorySwap: memoryBytes })
  }

  protected override async containerCreated(id: string): Promise<void> {
    this.tell(id)
  }
}

/** Readiness is a handshake, which is none of the library's business. */
const notAtAll = {
  waitUntilReady: async () => {},
  withStartupTimeout: () => notAtAll,
  isStartupTimeoutSet: () => true,
  getStartupTimeout: () => 0,
}

function isLocal(engine: ContainerRuntimeClient): boolean {
  return ['localhost', '127.0.0.1'].includes(engine.info.containerRuntime.host)
}

async function exposedPorts(engine: ContainerRuntimeClient, image: string): Promise<number[]> {
  const { Config: config } = await engine.image.inspect(ImageName.fromString(image))
  return Object.keys(config.ExposedPorts ?? {}).flatMap((port) =>
    /^\d+(\/tcp)?$/.test(port) ? [parseInt(port, 10)] : [],
  )
}

/** The text in the JSON lines of a build. */
function buildLines(text: string): string {
  return text.replace(/^\{.*\}\s*$/gm, (line) => {
    try {
      const { stream, error } = JSON.parse(line)
      return stream ?? (error ? `${error}\n` : '')
    } catch {
      return line
    }
  })
}

/** The text of a log in frames of an 8-byte head and what was printed; a log of a terminal has no frames. */
function demultiplexed(log: Buffer): string {
  const lines = new LastLines()
  if (log[0] !== undefined && log[0] > 2) lines.add(log.toString())
  else
    for (let at = 0; at + 8 <= log.length; at += 8 + log.readUInt32BE(at + 4))
      lines.add(log.toString('utf8', at + 8, at + 8 + log.readUInt32BE(at + 4)))
  return lines.last()
}

interface Stats {
  cpu_stats?: { cpu_usage?: { total_usage?: number } }
  memory_stats?: { usage?: number; stats?: { inactive_file?: number; total_inactive_file?: number } }
}

function useOf({ cpu_stats: cpu, memory_stats: memory }: Stats): { cpuSeconds: number; rssKib: number } | undefined {
  if (cpu?.cpu_usage?.total_usage === undefined || memory?.usage === undefined) return undefined
  const cache = memory.stats?.total_inactive_file ?? memory.stats?.inactive_file ?? 0
  return { cpuSeconds: cpu.cpu_usage.total_usage / 1e9, rssKib: Math.max(0, memory.usage - cache) / 1024 }
}

function ignoreGone(error: { statusCode?: number }): void {
  if (error.statusCode !== 404 && error.statusCode !== 409) throw error
}
