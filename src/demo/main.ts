// `npm start` is `diptych demo --story`.
process.argv.splice(2, 0, 'demo', '--story')
await import('../cli/main.ts')
