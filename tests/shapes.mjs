// Two SHACL engines of other people (shacl-engine, rdf-validate-shacl) hold the shapes that ship against a default export: both
// must find nothing; then against the same with one number taken off its scale: both must find that.
//
// Usage: node tests/shapes.mjs GRAPH.ttl SHAPES.ttl, where node finds n3, rdf-ext, shacl-engine and rdf-validate-shacl.

import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

// Modules are not looked for in NODE_PATH; what is required is.
const found = createRequire(import.meta.url)
const load = async name => {
  const folder = (process.env.NODE_PATH ?? '').split(':').find(folder => folder) ?? 'node_modules'
  const about = JSON.parse(readFileSync(`${folder}/${name}/package.json`, 'utf8'))
  const main = about.exports?.['.']?.import ?? about.exports?.['.'] ?? about.main ?? 'index.js'
  return import(pathToFileURL(`${folder}/${name}/${typeof main === 'string' ? main : main.default}`))
}

const { Parser } = found('n3')
const rdf = (await load('rdf-ext')).default
const { Validator: Engine } = await load('shacl-engine')
const Other = (await load('rdf-validate-shacl')).default

const read = text => rdf.dataset(new Parser().parse(text).map(q => rdf.quad(q.subject, q.predicate, q.object, q.graph)))
const [graph, shapes] = process.argv.slice(2).map(file => readFileSync(file, 'utf8'))
const damaged = graph.replace(/rap:confidence [0-9.]+/, 'rap:confidence 1.5')
let failed = damaged === graph

for (const [name, text, wanted] of [['the export', graph, 0], ['the damaged export', damaged, 1]]) {
  const data = read(text)
  const known = read(shapes)
  const reports = {
    'shacl-engine': await new Engine(known, { factory: rdf }).validate({ dataset: data }),
    'rdf-validate-shacl': await new Other(known).validate(data),
  }
  for (const [engine, report] of Object.entries(reports)) {
    const count = report.results.length
    const holds = count === wanted && report.conforms === (wanted === 0)
    console.log(`${holds ? 'ok  ' : 'FAIL'} ${engine}: ${count} of ${wanted} results on ${name}, ${data.size} triples`)
    failed ||= !holds
  }
}
process.exit(failed ? 1 : 0)
