/** Settings of a project, as `config.yaml` gives them. */
export interface Config {
  /** `flat`: `tasks/<id>-<slug>.md`; `by-status`: `tasks/planned|active|completed/<id>-<slug>.md`. */
  readonly layout: 'flat' | 'by-status'
  /** Whether board and overview are tracked by git or stay local. Read by `init` for `.gitignore`. */
  readonly lists: 'tracked' | 'local'
  /** Hours in a day when an effort is written in days. */
  readonly hoursPerDay: number
  /** Whether overviews show a picture of dependencies. */
  readonly overviewGraph: boolean
}

/** Settings of a project that says nothing. */
export const DEFAULT_CONFIG: Config = {
  layout: 'flat',
  lists: 'tracked',
  hoursPerDay: 8,
  overviewGraph: false,
}

/** Name of the project's folder unless `init --folder` names another. */
export const PROJECT_FOLDER = '.task_orchestrator'

/** Settings file at the folder's root; its presence says that the root is there at all. */
export const CONFIG_FILE = 'config.yaml'

/** Folder of everything that belongs to this machine alone: databases, trash, intents. */
export const LOCAL_FOLDER = '.local'
