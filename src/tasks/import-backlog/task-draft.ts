import { normalizeValue } from '../../lens/normalize.ts'
import { customField, type KindCatalogue, withFields } from '../../model/field.ts'
import { type FieldValue, type Fields, isEmptyValue } from '../../model/value.ts'
import { findField } from '../find-field.ts'
import type { ImportRemark, KeptSection } from './imported-task.ts'

/** What is known of a task while its file is read. */
export class TaskDraft {
  readonly path: string
  readonly catalogue: KindCatalogue
  readonly sections: KeptSection[] = []
  readonly remarks: ImportRemark[] = []
  private readonly values = new Map<string, FieldValue>()

  constructor(path: string, catalogue: KindCatalogue) {
    this.path = path
    this.catalogue = catalogue
  }

  get fields(): Fields {
    return withFields(this.catalogue, new Map(), this.values)
  }

  has(field: string): boolean {
    return this.values.has(field)
  }

  /** Sets a field of the catalogue; one that is set already stays, and false is given back. */
  set(field: string, value: FieldValue): boolean {
    const spec = this.catalogue.get(field)
    if (spec === undefined || this.values.has(field)) return false
    this.values.set(field, normalizeValue(spec, value))
    return true
  }

  /**
   * Keeps a value under a name of its own. A name that would be read as a field of the catalogue, or
   * that is taken, is changed.
   */
  keep(name: string, value: FieldValue): void {
    if (isEmptyValue(value)) return
    const foreign = name === 'id' || findField(this.catalogue, name) !== null
    const own = foreign ? `backlog_${name}` : name
    let free = own
    for (let copy = 2; this.values.has(free); copy++) free = `${own}_${copy}`
    this.values.set(free, normalizeValue(customField(free, value), value))
  }

  remark(line: number | null, message: string): void {
    this.remarks.push({ path: this.path, line, message })
  }
}
