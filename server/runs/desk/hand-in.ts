import type { AppError } from '#lib/shared/app-error.ts';
import type { FoundProduct, FoundSeller } from '#server/sources/source.ts';
import type { Verdict } from '../failure.ts';
import type { Unit } from '../unit.ts';

export type FoundPage =
  | { kind: 'category'; products: FoundProduct[]; has_more: boolean }
  | { kind: 'product'; sellers: FoundSeller[]; has_more: boolean; warnings?: readonly string[] };

/** What a search comes to the desk with. */
export type HandIn =
  /** Nothing yet: it asks for work. */
  | { did: 'nothing' }
  /** A call's answer. */
  | { did: 'page'; unit: Unit; page: number; found: FoundPage }
  /** A call's failure and what is to be done about it. */
  | { did: 'failure'; unit: Unit; page: number; error: AppError; verdict: Verdict }
  /** It has waited as it was told and asks for the call again. */
  | { did: 'wait'; unit: Unit; page: number }
  /** It gives the unit back; a call in hand counts as paid. */
  | { did: 'leave'; unit: Unit; page: number };

/** What it is to do next. */
export type Next =
  /** Make this call; its price is set aside. */
  | { do: 'call'; unit: Unit; page: number }
  | { do: 'wait'; unit: Unit; page: number; ms: number }
  /** Nothing to take at the moment: look whether the phase is through. */
  | { do: 'look' }
  /** The page cannot be written down; nothing of it was. */
  | { do: 'fail'; unit: Unit; page: number; cause: unknown }
  | { do: 'stop' };
