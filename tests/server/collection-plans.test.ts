import { beforeAll, describe, expect, test } from 'vitest';
import { createApi } from '#lib/api/client.ts';
import {
  createPreset,
  createSchedule,
  deletePreset,
  deleteSchedule,
  listPresets,
  listSchedules,
  updatePreset,
  updateSchedule,
} from '#lib/api/collection-plans.ts';
import { changeRun, readCollectionSettings, rerun, startRun, writeCollectionSettings } from '#lib/api/collection.ts';
import type { PresetRequest } from '#lib/protocol/collection-plans.ts';
import { minuteOf } from '#server/runs/minute-of.ts';
import { runSettings } from '#lib/domain/run-settings.ts';
import { addTestMember, engines, type Member, useServer } from './server-under-test.ts';

const cats = { category_ids: ['pet-cats'] };
const monthly = { name: 'Monthly', cron: '0 3 1 * *', time_zone: 'Europe/Berlin', ...cats };

describe.each(engines)('what is saved for later runs on %s', (engine) => {
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
  const problemsOf = (paths: unknown[]) => ({
    code: 'invalid_request',
    details: { problems: paths.map((path) => ({ path })) },
  });

  test('a preset is kept whole, seen by the workspace alone, changed in part and deleted', async () => {
    const settings = { products_per_category: 7, exclude_sellers: ['a', 'b'] };
    const made = await createPreset(api(member), { name: ' Cats ', ...cats, settings });
    expect(made).toMatchObject({
      name: 'Cats',
      ...cats,
      product_source: 'catalogue',
      seller_source: 'catalogue',
      settings: { ...runSettings.parse({}), ...settings },
      created_by: member.userId,
    });
    const list = await createPreset(api(owner), { name: 'a list', product_source: 'list' });
    expect(list.category_ids).toEqual([]);
    expect((await listPresets(api(other))).presets).toEqual([list, made]);
    const stranger = await addTestMember(server.current);
    expect((await listPresets(api(stranger))).presets).toEqual([]);

    const changed = await updatePreset(api(member), made.id, { category_ids: ['pet-dogs', 'pet-dogs'] });
    expect(changed).toEqual({ ...made, category_ids: ['pet-dogs'], updated_at: changed.updated_at });
    const whole = await updatePreset(api(member), made.id, { settings: { parallel: 2 } });
    expect(whole.settings).toEqual(runSettings.parse({ parallel: 2 }));

    await expect(updatePreset(api(stranger), made.id, {})).rejects.toMatchObject({ code: 'not_found' });
    await expect(deletePreset(api(stranger), made.id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(updatePreset(api(other), made.id, { name: 'x' })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(deletePreset(api(other), made.id)).rejects.toMatchObject({ code: 'forbidden' });
    await updatePreset(api(owner), made.id, { name: 'Dogs' });
    await deletePreset(api(owner), made.id);
    await expect(deletePreset(api(owner), made.id)).rejects.toMatchObject({ code: 'not_found' });
    expect((await listPresets(api(member))).presets).toEqual([list]);
    await deletePreset(api(owner), list.id);
  });

  test('a name is there once, whatever its case, also when many ask for it at the same time', async () => {
    const asked = ['Häuser', 'HÄUSER', 'häuser', 'Ha\u0308user'].map((name) => createPreset(api(member), { name }));
    const results = await Promise.allSettled(asked);
    const [made] = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
    expect(refused).toHaveLength(3);
    for (const reason of refused) {
      expect(reason).toMatchObject({ code: 'name_taken', details: { status: 409, id: made?.id } });
    }
    const second = await createPreset(api(member), { name: 'Second' });
    await expect(updatePreset(api(member), second.id, { name: 'häuser' })).rejects.toMatchObject({
      code: 'name_taken',
    });
    // Its own name, written otherwise, is free.
    expect((await updatePreset(api(member), second.id, { name: 'SECOND' })).name).toBe('SECOND');
    // Elsewhere it is another name.
    const stranger = await addTestMember(server.current);
    await createPreset(api(stranger), { name: 'Häuser' });
    for (const { id } of (await listPresets(api(owner))).presets) await deletePreset(api(owner), id);
  });

  test('what a preset or schedule holds is checked like a run, with the path of each problem', async () => {
    const wrong = { parallel: 21, nonsense: 1, price_band: { mode: 'share', low: 2, high: 1 } };
    const paths = ['settings.price_band', 'settings.parallel', 'settings.nonsense'];
    const problems = problemsOf(paths);
    await expect(createPreset(api(member), { name: 'x', settings: wrong })).rejects.toMatchObject(problems);
    await expect(createSchedule(api(member), { ...monthly, settings: wrong })).rejects.toMatchObject(problems);
    const refused: [Partial<PresetRequest>, string][] = [
      [{ category_ids: ['no-such'] }, 'unknown_ids'],
      [{ seller_source: 'no-such' }, 'unknown_ids'],
      [{ seller_source: 'oxylabs' }, 'invalid_request'],
      [{ product_source: 'list', ...cats }, 'invalid_request'],
      [{ settings: { marketplace: 'EBAY_XX' } }, 'invalid_request'],
    ];
    for (const [ask, code] of refused) {
      await expect(createPreset(api(member), { name: 'x', ...ask })).rejects.toMatchObject({ code });
      await expect(createSchedule(api(member), { ...monthly, ...ask })).rejects.toMatchObject({ code });
    }
    await expect(createSchedule(api(member), { ...monthly, category_ids: [] })).rejects.toMatchObject(
      problemsOf(['category_ids']),
    );
    await expect(createSchedule(api(member), { ...monthly, cron: '0 3 32 * *' })).rejects.toMatchObject(
      problemsOf(['cron']),
    );
    await expect(createSchedule(api(member), { ...monthly, time_zone: 'Mars/Base' })).rejects.toMatchObject(
      problemsOf(['time_zone']),
    );
    const extra = await member.send('POST', '/collection/presets', { name: 'x', color: 'red' });
    expect(extra.error).toMatchObject(problemsOf(['color']));
    expect((await listPresets(api(member))).presets).toEqual([]);
    expect((await listSchedules(api(member))).schedules).toEqual([]);
  });

  test('a schedule knows its next time, which follows its expression, its zone and its being on', async () => {
    const now = server.current.clock.now();
    const made = await createSchedule(api(member), monthly);
    expect(made).toMatchObject({
      active: true,
      last_run_id: null,
      last_started_at: null,
      last_problem: null,
      created_by: member.userId,
    });
    const at = new Date(made.next_run_at ?? expect.fail());
    expect(at.getTime()).toBeGreaterThan(now);
    expect(minuteOf(at.getTime(), 'Europe/Berlin')).toMatch(/-01 03:00$/);

    const renamed = await updateSchedule(api(member), made.id, { name: 'On the first' });
    expect(renamed).toEqual({ ...made, name: 'On the first', updated_at: renamed.updated_at });
    const moved = await updateSchedule(api(member), made.id, { time_zone: 'UTC' });
    expect(new Date(moved.next_run_at ?? expect.fail()).getUTCHours()).toBe(3);
    const off = await updateSchedule(api(owner), made.id, { active: false });
    expect(off).toMatchObject({ active: false, next_run_at: null, created_by: member.userId });
    const on = await updateSchedule(api(owner), made.id, { active: true });
    expect(on).toMatchObject({ active: true, next_run_at: moved.next_run_at, created_by: member.userId });
    await expect(updateSchedule(api(member), made.id, { cron: 'daily' })).rejects.toMatchObject(problemsOf(['cron']));

    const stranger = await addTestMember(server.current);
    expect((await listSchedules(api(stranger))).schedules).toEqual([]);
    await expect(updateSchedule(api(stranger), made.id, {})).rejects.toMatchObject({ code: 'not_found' });
    await expect(deleteSchedule(api(stranger), made.id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(updateSchedule(api(other), made.id, {})).rejects.toMatchObject({ code: 'forbidden' });
    await expect(deleteSchedule(api(other), made.id)).rejects.toMatchObject({ code: 'forbidden' });
    expect((await listSchedules(api(other))).schedules).toEqual([on]);
    await deleteSchedule(api(member), made.id);
    expect((await listSchedules(api(member))).schedules).toEqual([]);
  });

  test('an ended run is started again by whoever sees it, a running one by nobody', async () => {
    const run = await startRun(api(member), { ...cats, name: 'first' });
    await expect(rerun(api(member), run.id)).rejects.toMatchObject({
      code: 'invalid_transition',
      details: { status: 409 },
    });
    await expect(rerun(api(other), run.id)).rejects.toMatchObject({ code: 'not_found' });
    await changeRun(api(member), run.id, 'cancel');
    await expect(rerun(api(other), run.id, { only: 'failed' })).rejects.toMatchObject(problemsOf(['only']));
    const again = await rerun(api(other), run.id, { name: 'second' });
    expect(again).toMatchObject({ name: 'second', ...cats, status: 'running', created_by: other.userId });
    await changeRun(api(other), again.id, 'cancel');
    const stranger = await addTestMember(server.current);
    await expect(rerun(api(stranger), run.id)).rejects.toMatchObject({ code: 'not_found' });
    const nonsense = await other.send('POST', `/collection/runs/${run.id}/rerun`, { only: 'all' });
    expect(nonsense.error).toMatchObject(problemsOf(['only']));
  });

  test('default settings fill what later runs, estimates, presets and schedules leave out', async () => {
    const before = await readCollectionSettings(api(member));
    expect(before.default_settings).toEqual({});
    const defaults = { products_per_category: 3, pages_per_product: 1, price_band: null };
    await expect(writeCollectionSettings(api(member), { default_settings: defaults })).rejects.toMatchObject({
      code: 'forbidden',
    });
    const run = await startRun(api(owner), cats);
    expect(await writeCollectionSettings(api(owner), { default_settings: defaults })).toEqual({
      ...before,
      default_settings: defaults,
    });
    expect(await writeCollectionSettings(api(owner), { max_concurrent_runs: 9 })).toMatchObject({
      default_settings: defaults,
    });
    const expected = { ...runSettings.parse({}), ...defaults, pages_per_product: 2 };
    const settings = { pages_per_product: 2 };
    expect((await startRun(api(owner), { ...cats, settings })).settings).toEqual(expected);
    expect((await createPreset(api(owner), { name: 'filled', settings })).settings).toEqual(expected);
    expect((await createSchedule(api(owner), { ...monthly, settings })).settings).toEqual(expected);
    const estimate = await owner.send('POST', '/collection/estimate', { ...cats, settings });
    expect(estimate.body).toMatchObject({ total: { products: 3, calls: 7 } });
    const { body } = await owner.get(`/collection/runs/${run.id}`);
    expect(body).toMatchObject({ settings: run.settings });

    for (const [wrong, path] of [
      [{ parallel: 0 }, 'default_settings.parallel'],
      [{ nonsense: 1 }, 'default_settings.nonsense'],
      [{ marketplace: 'EBAY_XX' }, 'default_settings.marketplace'],
    ] as const) {
      const answer = await owner.send('PUT', '/collection/settings', { default_settings: wrong });
      expect(answer.error).toMatchObject(problemsOf([path]));
    }
    // A change replaces all of them, so that one can be given up.
    const less = await writeCollectionSettings(api(owner), { default_settings: { parallel: 2 } });
    expect(less.default_settings).toEqual({ parallel: 2 });
  });
});
