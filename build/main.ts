import { join, resolve } from 'node:path'
import { buildPackage } from './build-package.ts'

/** `node build/main.ts [FOLDER]`: builds the published form of the program into `dist`, or the folder given. */
const root = join(import.meta.dirname, '..')
await buildPackage({ root, target: resolve(process.argv[2] ?? join(root, 'dist')) })
