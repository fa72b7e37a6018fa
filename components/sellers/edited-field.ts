/** A text that is being edited: the name in its row, or one of the fields of the panel. */
export interface EditedField {
  /** Handle of the seller. */
  readonly no: number;
  readonly in: 'row' | 'name' | 'note';
}

/** What is edited once `ended` no longer is: one that has taken its place goes on. */
export function afterEditing(edited: EditedField | null, ended: EditedField): EditedField | null {
  return edited?.no === ended.no && edited.in === ended.in ? null : edited;
}
