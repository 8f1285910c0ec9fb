import type { Fields } from '../../model/value.ts'

/** A `##` section that no field stands for: its heading as typed, null for text before the first one. */
export interface KeptSection {
  readonly heading: string | null
  readonly body: string
}

/** Something about a file that was taken in another way than one may expect. `line` counts from 1. */
export interface ImportRemark {
  readonly path: string
  readonly line: number | null
  readonly message: string
}

/** A file that is no task, or says too little to be one. */
export interface ImportRefusal {
  readonly kind: 'refused'
  readonly path: string
  readonly line: number | null
  readonly reason: string
}

/**
 * A task of Backlog.md as its file gives it. `fields` are canonical and hold every key of the front
 * matter, custom ones included, but for references; those still carry Backlog.md's own ids.
 */
export interface ImportedTask {
  readonly kind: 'task'
  readonly path: string
  readonly foreignId: string
  readonly fields: Fields
  readonly dependencies: readonly string[]
  /** As the file states it; an id such as `BACK-24.02` says it too. */
  readonly parent: string | null
  /** In the order of the file. */
  readonly sections: readonly KeptSection[]
  readonly remarks: readonly ImportRemark[]
}
