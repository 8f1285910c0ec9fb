import { launch } from './launch.js'

launch(import.meta.url, 'demo/main')
