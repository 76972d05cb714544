// What scripts add to completing a registration.

import { expect, test } from '../fixtures/actors';
import { inspect } from '../fixtures/a11y';
import { newPerson } from '../fixtures/words';
import { CompletePage } from '../pages/invitations';

test('the username follows the name while one types', async ({ actors }) => {
  const { person, link } = await actors.invited();
  const page = await actors.stranger();
  const { inputs, ...complete } = new CompletePage(page);
  await page.goto(link);
  await new CompletePage(page).registrationArrived();

  await inputs.firstName.fill('Zoë');
  await inputs.lastName.fill(person.lastName);
  const suggested = `zoe.${person.lastName.toLowerCase()}`;
  await expect(inputs.username).toHaveValue(suggested);
  await expect(inputs.username).not.toBeEditable();

  await inputs.automaticUsername.uncheck();
  await expect(inputs.username).toBeEditable();
  await inputs.username.fill('something.else');
  await inputs.firstName.fill('Ann');
  await expect(inputs.username).toHaveValue('something.else');

  await inputs.automaticUsername.check();
  await expect(inputs.username).toHaveValue(`ann.${person.lastName.toLowerCase()}`);
  await expect(complete.complete).toBeEnabled();
});

test('a taken username is told while one types, with free ones', { tag: '@layout' }, async ({ actors }) => {
  const { person: first } = await actors.user();
  const { link } = await actors.invited();
  const page = await actors.stranger();
  const complete = new CompletePage(page);
  await complete.open(link);
  await complete.registrationArrived();

  await complete.inputs.firstName.fill(first.firstName);
  await complete.inputs.lastName.fill(first.lastName);
  await expect(page.getByRole('status').filter({ hasText: `${first.username} is taken` })).toContainText(`${first.username}2`);
  await inspect(page, 'complete registration, username taken while typing');
});

test('the meter judges the password in words', { tag: '@layout' }, async ({ actors }) => {
  const { link } = await actors.invited();
  const page = await actors.stranger();
  const complete = new CompletePage(page);
  await complete.open(link);
  await complete.registrationArrived();
  const meter = page.getByRole('status').filter({ hasText: /Too short|Easy to guess|Good|Very good/ });

  for (const [password, words] of [
    ['short', 'Too short: 5 of at least 15 characters'],
    ['passwordpassword', 'Easy to guess'],
    [newPerson().password, 'Very good'],
  ] as const) {
    await complete.inputs.password.fill(password);
    await expect(meter).toContainText(words);
    await inspect(page, `complete registration, meter: ${words}`);
  }
});

test('the password can be shown', async ({ actors }) => {
  const { link } = await actors.invited();
  const page = await actors.stranger();
  const complete = new CompletePage(page);
  await complete.open(link);
  await complete.registrationArrived();

  await complete.inputs.password.fill('violet tractor');
  const show = page.getByRole('button', { name: 'Show password' });
  await expect(complete.inputs.password).toHaveAttribute('type', 'password');
  await show.click();
  await expect(complete.inputs.password).toHaveAttribute('type', 'text');
  await page.getByRole('button', { name: 'Hide password' }).click();
  await expect(complete.inputs.password).toHaveAttribute('type', 'password');
});

test('a refused form leads to its summary, and the summary to the fields', async ({ actors }) => {
  const { link } = await actors.invited();
  const page = await actors.stranger();
  const complete = new CompletePage(page);
  await complete.open(link);
  await complete.registrationArrived();
  await page.evaluate(() => Object.assign(document, { isMarked: true }));

  await complete.complete.click();
  const summary = page.getByRole('alert');
  await expect(summary).toBeFocused();
  await summary.getByRole('link', { name: 'First name: Enter a name.' }).click();
  await expect(complete.inputs.firstName).toBeFocused();
  expect(await page.evaluate(() => 'isMarked' in document), 'the page was not loaded again').toBe(true);
});
