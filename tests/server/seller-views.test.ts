import { beforeAll, describe, expect, test } from 'vitest';
import { createApi } from '#lib/api/client.ts';
import { createSellerView, deleteSellerView, listSellerViews, updateSellerView } from '#lib/api/seller-views.ts';
import { addTestMember, engines, type Member, useServer } from './server-under-test.ts';

describe.each(engines)('views of sellers on %s', (engine) => {
  const server = useServer(engine);
  let owner: Member;
  let member: Member;
  let other: Member;
  beforeAll(async () => {
    owner = await addTestMember(server.current);
    member = await addTestMember(server.current, { orgId: owner.orgId, role: 'member' });
    other = await addTestMember(server.current, { orgId: owner.orgId, role: 'member' });
  });
  const api = ({ token }: Member) =>
    createApi({
      server: 'http://server.test',
      token,
      fetch: async (url, init) => server.current.app.request(String(url), init),
    });
  const columns = { order: ['display_name', 'note'], hidden: ['source'], widths: { note: 240.5 } };

  test('a view is kept whole, seen by its workspace alone, changed in part and deleted', async () => {
    const what = { search: 'a b', filter: 'flagged;times_seen:range:3..', sort: 'no:asc', columns };
    const made = await createSellerView(api(member), { name: ' Often seen ', ...what });
    expect(made).toMatchObject({ name: 'Often seen', ...what, created_by: member.userId });
    const plain = await createSellerView(api(owner), { name: 'all of them' });
    expect(plain).toMatchObject({ search: '', filter: '', sort: '', columns: null });
    expect((await listSellerViews(api(other))).views).toEqual([plain, made]);
    const stranger = await addTestMember(server.current);
    expect((await listSellerViews(api(stranger))).views).toEqual([]);

    const changed = await updateSellerView(api(member), made.id, { filter: '', columns: null });
    expect(changed).toEqual({ ...made, filter: '', columns: null, updated_at: changed.updated_at });
    await deleteSellerView(api(member), made.id);
    await deleteSellerView(api(owner), plain.id);
    expect((await listSellerViews(api(owner))).views).toEqual([]);
    await expect(updateSellerView(api(owner), made.id, {})).rejects.toMatchObject({ code: 'not_found' });
  });

  test('names are there once, whatever their case, also when two people save at once', async () => {
    const saves = await Promise.allSettled(
      [owner, member, other].map((who, at) => createSellerView(api(who), { name: at === 0 ? 'SAME' : 'same' })),
    );
    const made = saves.flatMap((save) => (save.status === 'fulfilled' ? [save.value] : []));
    expect(made).toHaveLength(1);
    const [one] = made;
    const second = await createSellerView(api(owner), { name: 'second' });
    await expect(updateSellerView(api(owner), second.id, { name: 'Same' })).rejects.toMatchObject({
      code: 'name_taken',
      details: { id: one?.id },
    });
    expect(await updateSellerView(api(owner), second.id, { name: 'SECOND' })).toMatchObject({ name: 'SECOND' });
  });

  test('its creator and holders of settings.manage change it, others do not', async () => {
    const { id } = await createSellerView(api(member), { name: 'of a member' });
    await expect(updateSellerView(api(other), id, { name: 'x' })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(deleteSellerView(api(other), id)).rejects.toMatchObject({ code: 'forbidden' });
    await updateSellerView(api(owner), id, { name: 'renamed by the owner' });
    await deleteSellerView(api(member), id);
  });

  test.each([
    [{ name: '' }, 'name'],
    [{ name: 'x', filter: 'f'.repeat(8001) }, 'filter'],
    [{ name: 'x', columns: { order: [], hidden: [], widths: { a: 0 } } }, 'columns.widths.a'],
    [{ name: 'x', extra: 1 }, 'extra'],
  ])('refuses %j', async (request, path) => {
    await expect(createSellerView(api(owner), request as { name: string })).rejects.toMatchObject({
      code: 'invalid_request',
      details: { problems: [{ path }] },
    });
  });
});
