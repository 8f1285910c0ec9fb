// Syntax of 2015 only: an older Node must be able to parse this file in order to say what is missing.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import * as nodeModule from 'node:module'
import { dirname, isAbsolute, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const NEEDED = 24
const FIRST = 'DIPTYCH_REEXECUTED'
const HANDED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const isCheckout = existsSync(join(root, 'src', 'cli', 'main.ts'))

/**
 * Runs a module of the program, named by its path without extension, on a Node that can: this one, or
 * the one that was installed with the package, which then runs `script`. A checkout runs its sources,
 * also where a `dist` was built of older ones; the package has only `dist`.
 */
export function launch(script, name) {
  if (Number(process.versions.node.split('.')[0]) >= NEEDED) {
    start(name)
    return
  }
  const node = process.env[FIRST] === '1' ? null : installedNode()
  if (node === null) refuse()
  else runWith(node, fileURLToPath(script))
}

function start(name) {
  nodeModule.enableCompileCache(cacheFolder())
  const main = isCheckout ? join(root, 'src', name + '.ts') : join(root, 'dist', name + '.js')
  import(pathToFileURL(main).href).catch(function (error) {
    if (error.code === 'ERR_MODULE_NOT_FOUND' && isCheckout) {
      fail('internal', 'what Diptych is built on is not installed', error.message, 'npm ci')
    }
    process.stderr.write(error.stack + '\n')
    process.exit(1)
  })
}

/**
 * Where compiled code is kept: with the user's other caches, as what other users may write to could be
 * made to run. Undefined where Node is told another place, or there is no such folder: then Node chooses.
 */
function cacheFolder() {
  const environment = process.env
  if (environment.NODE_COMPILE_CACHE) return undefined
  const caches =
    process.platform === 'win32'
      ? environment.LOCALAPPDATA
      : environment.XDG_CACHE_HOME || (environment.HOME && join(environment.HOME, '.cache'))
  return caches && isAbsolute(caches) ? join(caches, 'diptych') : undefined
}

/** The Node that the package `node` installed for us, or null. */
function installedNode() {
  try {
    const require = nodeModule.createRequire(import.meta.url)
    const file = join(dirname(require.resolve('node/package.json')), 'bin', 'node')
    return [file, file + '.exe'].find(existsSync) || null
  } catch (error) {
    if (error.code === 'MODULE_NOT_FOUND') return null
    throw error
  }
}

function runWith(node, script) {
  const environment = Object.assign({}, process.env)
  environment[FIRST] = '1'
  const child = spawn(node, [script].concat(process.argv.slice(2)), {
    stdio: 'inherit',
    env: environment,
  })
  HANDED_ON.forEach(function (signal) {
    process.on(signal, function () {
      child.kill(signal)
    })
  })
  child.on('error', function (error) {
    process.stderr.write('error[unsupported-runtime]: ' + error.message + '\n')
    process.exit(1)
  })
  child.on('exit', function (code, signal) {
    if (signal === null) process.exit(code)
    HANDED_ON.forEach(function (name) {
      process.removeAllListeners(name)
    })
    process.kill(process.pid, signal)
  })
}

function refuse() {
  const newer = 'install Node ' + NEEDED + ' from https://nodejs.org'
  fail(
    'unsupported-runtime',
    'Diptych needs Node ' + NEEDED + ' or newer',
    'this is Node ' + process.versions.node,
    isCheckout
      ? 'npm ci, which brings its own; or ' + newer
      : newer + ', or npm install -g node@' + NEEDED,
  )
}

function fail(code, what, why, hint) {
  const lines = ['error[' + code + ']: ' + what, '  why: ' + why, '  try: ' + hint]
  process.stderr.write(lines.join('\n') + '\n')
  process.exit(1)
}
