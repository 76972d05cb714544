// Setting up the second factor, and its recovery codes.

import { expect, test } from '../fixtures/actors';
import { ORGANIZATION } from '../fixtures/installation';
import { AccountPage } from '../pages/account';
import { expectInspectedProblem } from '../pages/form';
import { OverviewPage } from '../pages/organizations';
import { CompletePage } from '../pages/invitations';
import { TwoFactorSettingsPage } from '../pages/two_factor';

test('whoever becomes Administrator sets up two factors before anything else', { tag: '@plain' }, async ({ actors }) => {
  const { person, link } = await actors.invited({ role: 'Administrator' });
  const page = await actors.stranger();
  const complete = new CompletePage(page);
  await complete.open(link);
  await complete.registrationArrived();
  await complete.inputs.fill(person);
  await complete.complete.click();
  const factor = new TwoFactorSettingsPage(page);
  await factor.setUpArrived();

  await test.step('the organization stays closed', async () => {
    await page.goto(`/organizations/${ORGANIZATION.slug}/members`);
    await factor.setUpArrived();
    await expect(factor.duty).toBeVisible();
  });

  const authenticator = await factor.authenticator();
  await test.step('a wrong code is refused, and the key stays the same', async () => {
    for (const [code, words] of [['', 'Enter the code'], ['12', 'has 6 digits'], [authenticator.wrongCode(), 'The code is wrong.']] as const) {
      await factor.code.fill(code);
      await factor.turnOn.click();
      await expectInspectedProblem(page, 'two-factor set-up', words, factor.code);
    }
    expect((await factor.authenticator()).secret).toBe(authenticator.secret);
  });

  await factor.code.fill(await authenticator.nextCode());
  await factor.turnOn.click();
  await factor.codesArrived();
  const codes = await factor.recoveryCodes.allInnerTexts();

  await test.step('the codes can be saved', async () => {
    const download = page.getByRole('link', { name: 'Download' });
    const file = decodeURIComponent((await download.getAttribute('href')) ?? '');
    for (const code of codes) expect(file).toContain(code);
  });

  await factor.continue.click();
  await expect(page).toHaveURL(`/organizations/${ORGANIZATION.slug}/members`);
});

test('a User may opt in, and renew the recovery codes', async ({ actors }) => {
  const { person, page } = await actors.user();
  await new AccountPage(page).open();
  await page.getByRole('link', { name: 'Set up two-factor authentication' }).click();
  const factor = new TwoFactorSettingsPage(page);
  await factor.setUpArrived();
  await expect(factor.duty).toBeHidden();
  const { authenticator, recoveryCodes } = await factor.setUp();
  await factor.open();
  await factor.presentArrived();

  const { renew, password } = factor;
  await test.step('only whoever knows the password', async () => {
    await password.fill('not this one, surely');
    await factor.code.fill(authenticator.wrongCode());
    await renew.click();
    await expectInspectedProblem(page, 'two-factor settings', 'The password is wrong.', password);
  });

  await password.fill(person.password);
  await factor.code.fill(await authenticator.nextCode());
  await renew.click();
  await factor.codesArrived();
  const renewed = await factor.recoveryCodes.allInnerTexts();
  expect(renewed.filter((code) => recoveryCodes.includes(code))).toEqual([]);
  await factor.continue.click();
  await page.goto(`/organizations/${ORGANIZATION.slug}`);
  await new OverviewPage(page, ORGANIZATION).arrived();
});
