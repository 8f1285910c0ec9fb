/** Why a rule does not accept a field's new value. The other fields of the change are not affected. */
export interface Refusal {
  readonly field: string
  readonly message: string
  readonly hint: string
  readonly valid?: readonly string[]
}
