import { AppError } from '#lib/shared/app-error.ts';
import type { Auth } from './auth.ts';

/** The id of the account with that email, or null. */
export async function findAccount(auth: Auth, email: string): Promise<string | null> {
  const context = await auth.$context;
  const known = await context.internalAdapter.findUserByEmail(plainEmail(email));
  return known?.user.id ?? null;
}

/** Makes an account, or finds the one of that email (its password then stays). Returns the user's id. */
export async function ensureAccount(auth: Auth, givenEmail: string, password: string): Promise<string> {
  const email = plainEmail(givenEmail);
  const known = await findAccount(auth, email);
  if (known !== null) return known;
  const context = await auth.$context;
  checkPassword(password);
  const user = await context.internalAdapter.createUser(
    { email, name: email.split('@')[0] ?? email, emailVerified: true },
    { method: 'email-password' },
  );
  await context.internalAdapter.linkAccount({
    userId: user.id,
    providerId: 'credential',
    issuer: 'local:credential',
    accountId: user.id,
    password: await context.password.hash(password),
  });
  return user.id;
}

/** Sets a password and ends every session of the account. Throws `not_found` for an unknown email. */
export async function resetPassword(auth: Auth, email: string, password: string): Promise<void> {
  checkPassword(password);
  const userId = await findAccount(auth, email);
  if (userId === null) throw new AppError('not_found', { message: `There is no account for ${email}.` });
  const context = await auth.$context;
  await context.internalAdapter.updatePassword(userId, await context.password.hash(password));
  await context.internalAdapter.deleteUserSessions(userId);
}

function plainEmail(email: string): string {
  const plain = email.trim().toLowerCase();
  if (!/^[^\s@]+@[^\s@]+$/.test(plain)) {
    throw new AppError('invalid_request', { message: `${email} is not an email address.` });
  }
  return plain;
}

function checkPassword(password: string): void {
  if (password.length < 8 || password.length > 200) {
    throw new AppError('invalid_request', { message: 'A password has 8 to 200 characters.' });
  }
}
