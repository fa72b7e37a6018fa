import { describe, expect, test } from 'vitest';
import { type Department, departmentTicked, filterDepartments, withCategories } from './category-selection.ts';

const category = (id: string, name: string) => ({ id, name, node_id: id, last_product_count: null });
const garden: Department = { id: 'g', name: 'Garden', categories: [category('g1', 'Hoses'), category('g2', 'Tools')] };
const home: Department = {
  id: 'h',
  name: 'Home',
  categories: [category('h1', 'Tools & Home'), category('h2', 'Lamps')],
};

describe('category selection', () => {
  test('a department is ticked as far as its categories are', () => {
    expect(departmentTicked(garden, new Set())).toBe('none');
    expect(departmentTicked(garden, new Set(['g1', 'h1']))).toBe('some');
    expect(departmentTicked(garden, new Set(['g1', 'g2']))).toBe('all');
  });

  test('a search keeps matching categories, and whole departments that match by name', () => {
    expect(
      filterDepartments([garden, home], ' tools ').map(({ categories }) => categories.map(({ id }) => id)),
    ).toEqual([['g2'], ['h1']]);
    expect(filterDepartments([garden, home], 'garden')).toEqual([garden]);
    expect(filterDepartments([garden, home], '')).toEqual([garden, home]);
    expect(filterDepartments([garden, home], 'nothing')).toEqual([]);
  });

  test('ticking adds, unticking takes away, and the old selection stays as it was', () => {
    const before: ReadonlySet<string> = new Set(['g1']);
    expect([...withCategories(before, ['g1', 'g2'], true)]).toEqual(['g1', 'g2']);
    expect([...withCategories(before, ['g1', 'g2'], false)]).toEqual([]);
    expect([...before]).toEqual(['g1']);
  });
});
