import type { AppError } from '#lib/shared/app-error.ts';

const dollars = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });

/** Why a schedule made no run, in a sentence for people. */
export function describeProblem({ code, message, details }: AppError): string {
  if (code === 'over_budget') {
    const { estimated_cents: estimated, cap_cents: cap } = details;
    return `The estimate of ${money(estimated)} is over the budget cap of ${money(cap)}. Choose fewer categories or raise the cap.`;
  }
  if (code === 'unknown_ids') {
    const ids = Object.values(details).flat().map(String).join(', ');
    return `These categories or sources are not known any more: ${ids}.`;
  }
  const [problem] = Array.isArray(details['problems']) ? (details['problems'] as { message?: unknown }[]) : [];
  return typeof problem?.message === 'string' ? problem.message : message;
}

function money(cents: unknown): string {
  return dollars.format(Number(cents) / 100);
}
