import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { UsageError } from '../usage-error.js'
import { redactor } from '../wire/redact.js'
import type { ContainerShape, RunningContainer } from './container-engine.js'
import type { Target } from './resolve.js'
import { secretsIn } from './secret-variables.js'
import type { TargetSource } from './source.js'
import type { Surroundings } from './surroundings.js'
import { TargetUnavailable } from './unavailable.js'
import { whenReady } from './when-ready.js'

type Engine = typeof import('./container-engine.js')

/** An image to run, and how to remove what was built for it. */
interface Image {
  image: string
  ports: number[]
  remove?(): Promise<void>
}

/**
 * Runs an image, or one built from a Dockerfile, and waits until the server in it answers as an MCP server. `path` is that of its URL, `/mcp` by
 * default; host and port are where the container's port is published. Throws TargetUnavailable when there is no engine, no image, or no
 * server in time; container and built image are removed then, and else by `close`.
 */
export async function startContainer(
  path: string | undefined,
  source: TargetSource,
  around: Surroundings,
): Promise<Target> {
  const said = pathOf(path)
  const name = source.image ?? source.dockerfile!
  const dockerfile = source.dockerfile === undefined ? undefined : await dockerfileIn(source.dockerfile, around.cwd)
  const containers = await import('./container-engine.js')
  const runtime = await containers.containerEngine().catch(() => {
    throw new TargetUnavailable('No container engine answers: start Docker or Podman, or set DOCKER_HOST.', name)
  })
  await containers.guardLeftovers(runtime).catch((error) => {
    const advice = 'TESTCONTAINERS_RYUK_DISABLED=true does without it'
    throw new TargetUnavailable(
      `Ryuk, the container that tidies up, did not start (${advice}): ${plainly(error)}`,
      name,
    )
  })
  const image = await obtained(containers, runtime, source.image ?? { dockerfile: dockerfile! }, around)
  try {
    const port = portOf(image.ports, source.containerPort, name)
    const shape: ContainerShape = { ...source, port, env: { PORT: String(port), ...source.env } }
    const container = await containers.runContainer(runtime, image.image, shape).catch((error) => {
      throw new TargetUnavailable(
        `The container of ${name} did not start: ${plainly(error)}`,
        name,
        hidden(source, error.output),
      )
    })
    return await ready(
      container,
      new URL(said, `http://${container.host}:${container.port}`),
      name,
      source,
      around,
      image,
    )
  } catch (error) {
    await image.remove?.()
    throw error
  }
}

async function ready(
  container: RunningContainer,
  url: URL,
  name: string,
  source: TargetSource,
  around: Surroundings,
  image: Image,
): Promise<Target> {
  const close = async () => {
    await container.remove()
    await image.remove?.()
  }
  const started = {
    called: `The container of ${name}`,
    ended: container.ended,
    output: async () => hidden(source, await container.output()),
  }
  try {
    await whenReady(url.href, started, source.waitSeconds, around)
  } catch (error) {
    await container.remove()
    throw error
  }
  const options = { secrets: secretsIn(source.env) }
  return { url: url.href, name, options, started, use: container.use, close }
}

async function obtained(
  containers: Engine,
  runtime: Awaited<ReturnType<Engine['containerEngine']>>,
  what: string | { dockerfile: string },
  { err }: Surroundings,
): Promise<Image> {
  if (typeof what === 'string')
    return containers.pullImage(runtime, what).then(
      (ports) => ({ image: what, ports }),
      (error) => {
        throw new TargetUnavailable(`The image ${what} is not here and cannot be pulled: ${plainly(error)}`, what)
      },
    )
  const { dockerfile } = what
  err?.(`building ${dockerfile}\n`)
  return containers.buildImage(runtime, dockerfile).catch((error) => {
    throw new TargetUnavailable(`${dockerfile} could not be built: ${plainly(error)}`, dockerfile, error.output)
  })
}

function pathOf(path = '/mcp'): string {
  if (path.startsWith('/') && URL.canParse(path, 'http://localhost')) return path
  throw new UsageError(
    `"${path}": host and port are those of the container; give a path such as /mcp in place of a URL`,
  )
}

async function dockerfileIn(text: string, cwd: string): Promise<string> {
  const place = resolve(cwd, text)
  const kind = await stat(place).catch(() => undefined)
  const file = kind?.isDirectory() ? join(place, 'Dockerfile') : place
  if (
    await stat(file).then(
      (found) => found.isFile(),
      () => false,
    )
  )
    return file
  throw new UsageError(`${text}: there is no Dockerfile ${kind?.isDirectory() ? 'in this folder' : 'here'}`)
}

function portOf(exposed: readonly number[], said: number | undefined, name: string): number {
  if (said !== undefined) return said
  if (exposed.length === 1) return exposed[0]!
  const why = exposed.length === 0 ? 'exposes no port' : `exposes the ports ${exposed.join(', ')}`
  throw new UsageError(`${name} ${why}: say with --container-port where the server listens`)
}

function hidden({ env }: TargetSource, text = ''): string {
  return redactor(secretsIn(env)).text(text)
}

/** What an engine says, in one line with a full stop. */
function plainly(error: Error): string {
  const words = error.message.replace(/\s+/g, ' ').trim().slice(0, 300).replace(/\.$/, '')
  return `${words}.`
}
