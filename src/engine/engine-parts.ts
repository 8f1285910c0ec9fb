import type { TemplateSet } from '../lens/template.ts'
import type { Config } from '../model/config.ts'
import type { Catalogue } from '../model/field.ts'
import type { BaseStore } from '../ports/base-store.ts'
import type { Clock } from '../ports/clock.ts'
import type { Folder } from '../ports/folder.ts'
import type { Ids } from '../ports/ids.ts'
import type { Lease } from '../ports/lease.ts'
import type { Store } from '../ports/store.ts'

/** The ports and settings that an engine works with. It touches the world through nothing else. */
export interface EngineParts {
  readonly store: Store
  readonly base: BaseStore
  readonly folder: Folder
  readonly lease: Lease
  readonly clock: Clock
  readonly ids: Ids
  readonly config: Config
  readonly catalogue: Catalogue
  /** The templates, which are loaded and compiled when they are first asked for. */
  readonly templates: () => Promise<TemplateSet>
}
