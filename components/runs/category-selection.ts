import type { CategoriesAnswer } from '#lib/protocol/collection.ts';

export type Department = CategoriesAnswer['departments'][number];
export type Ticked = 'all' | 'some' | 'none';

/** The departments with those categories whose own or department's name holds `search`. */
export function filterDepartments(departments: readonly Department[], search: string): Department[] {
  const wanted = search.trim().toLowerCase();
  if (wanted === '') return [...departments];
  return departments.flatMap((department) => {
    if (department.name.toLowerCase().includes(wanted)) return [department];
    const categories = department.categories.filter(({ name }) => name.toLowerCase().includes(wanted));
    return categories.length === 0 ? [] : [{ ...department, categories }];
  });
}

export function departmentTicked(department: Department, selected: ReadonlySet<string>): Ticked {
  const ticked = department.categories.filter(({ id }) => selected.has(id)).length;
  if (ticked === 0) return 'none';
  return ticked === department.categories.length ? 'all' : 'some';
}

/** The selection with these categories all in, or all out. */
export function withCategories(selected: ReadonlySet<string>, ids: readonly string[], ticked: boolean): Set<string> {
  const next = new Set(selected);
  for (const id of ids) {
    if (ticked) next.add(id);
    else next.delete(id);
  }
  return next;
}
