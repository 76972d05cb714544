// Signing in and out.

import { expect, test } from '../fixtures/actors';
import { inspect } from '../fixtures/a11y';
import { ORGANIZATION } from '../fixtures/installation';
import { ProfileMenu } from '../pages/account';
import { expectInspectedProblem } from '../pages/form';
import { HomePage } from '../pages/home';
import { OverviewPage } from '../pages/organizations';
import { SignInPage } from '../pages/sign_in';
import { CodePage } from '../pages/two_factor';

test('a User signs out, and in again with username or address in any case', { tag: '@plain' }, async ({ actors }) => {
  const { person, page } = await actors.user();
  const signIn = new SignInPage(page);
  await new HomePage(page).open();

  for (const identifier of [person.username, person.email.toUpperCase()]) {
    await new ProfileMenu(page).signOut();
    await signIn.arrived();
    await signIn.signIn(identifier, person.password);
    await new HomePage(page).arrived();
  }
});

test('after signing out, a page leads to signing in and back', async ({ actors }) => {
  const { person, page } = await actors.user();
  await new HomePage(page).open();
  await new ProfileMenu(page).signOut();
  const signIn = new SignInPage(page);
  await signIn.arrived();

  await page.goto(`/organizations/${ORGANIZATION.slug}`);
  await signIn.arrived();
  await expect(page).toHaveURL(`/sign-in?next=${encodeURIComponent(`/organizations/${ORGANIZATION.slug}`)}`);

  await signIn.signIn(person.username, person.password);
  await new OverviewPage(page, ORGANIZATION).arrived();
});

test('a wrong password and an unknown name get the same answer, and the name stays', async ({ actors }) => {
  const { person } = await actors.user();
  const page = await actors.stranger();
  const signIn = new SignInPage(page);
  await signIn.open();

  for (const identifier of [person.username, `nobody.${person.username}`]) {
    await signIn.signIn(identifier, 'not this one, surely');
    await expectInspectedProblem(page, 'sign in', 'The username, address or password is wrong.');
    await expect(signIn.identifier).toHaveValue(identifier);
    await expect(signIn.password).toHaveValue('');
  }

  await signIn.signIn('', '');
  await expectInspectedProblem(page, 'sign in, empty', 'Enter your username or e-mail address.', signIn.identifier);
  await expectInspectedProblem(page, 'sign in, empty', 'Enter your password.', signIn.password);

  await signIn.signIn(person.username, person.password);
  await new HomePage(page).arrived();
});

test('an Administrator enters a code after the password', { tag: '@plain' }, async ({ actors }) => {
  const { person, page, authenticator } = await actors.anotherAdministrator();
  await new HomePage(page).open();
  await new ProfileMenu(page).signOut();
  const signIn = new SignInPage(page);
  const code = new CodePage(page);
  await signIn.arrived();
  await signIn.signIn(person.email, person.password);
  await code.arrived();

  await test.step('the password alone opens nothing', async () => {
    await page.goto(`/organizations/${ORGANIZATION.slug}`);
    await expect(page).toHaveURL(/\/(sign-in|two-factor)\?/);
    await page.goto('/two-factor');
    await code.arrived();
  });

  await test.step('a wrong code is refused', async () => {
    await code.enter(authenticator.wrongCode());
    await expectInspectedProblem(page, 'code after the password', 'The code is wrong.', code.code);
  });

  await code.enter(await authenticator.nextCode());
  await new HomePage(page).arrived();
});

test('a recovery code works once', async ({ actors }) => {
  const { person, page, recoveryCodes } = await actors.anotherAdministrator();
  const [first, second] = recoveryCodes;
  if (!first || !second) throw new Error('there are no recovery codes');
  const signIn = new SignInPage(page);
  const code = new CodePage(page);

  await new HomePage(page).open();
  await new ProfileMenu(page).signOut();
  await signIn.arrived();
  await signIn.signIn(person.username, person.password);
  await code.arrived();
  await code.useRecoveryCode.click();
  await expect(code.recoveryCode).toBeVisible();
  await inspect(page, 'code after the password, recovery code');
  await code.enterRecoveryCode(first.toLowerCase());
  await new HomePage(page).arrived();

  await new ProfileMenu(page).signOut();
  await signIn.arrived();
  await signIn.signIn(person.username, person.password);
  await code.arrived();
  await code.enterRecoveryCode(first);
  await expectInspectedProblem(page, 'recovery code', 'The recovery code is wrong, or has been used already.', code.recoveryCode);
  await code.enterRecoveryCode(second);
  await new HomePage(page).arrived();
});

test('five wrong codes lead back to the password', async ({ actors }) => {
  const { person, page, authenticator } = await actors.anotherAdministrator();
  await new HomePage(page).open();
  await new ProfileMenu(page).signOut();
  const signIn = new SignInPage(page);
  const code = new CodePage(page);
  await signIn.arrived();
  await signIn.signIn(person.username, person.password);
  await code.arrived();

  for (const _time of [1, 2, 3, 4]) {
    await code.enter(authenticator.wrongCode());
    await expect(page.getByRole('alert')).toContainText('The code is wrong.');
    await expect(code.code).toHaveValue('');
  }
  await code.enter(authenticator.wrongCode());

  await signIn.arrived();
  await expect(page.getByText('Five wrong codes: sign in again')).toBeVisible();
  await signIn.signIn(person.username, person.password);
  await code.arrived();
  await code.enter(await authenticator.nextCode());
  await new HomePage(page).arrived();
});
