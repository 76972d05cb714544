// The first start: from the printed link to the first organization.

import { test as withPeople } from '../fixtures/actors';
import { get } from '../fixtures/installation';
import { expect, test } from '../fixtures/own_installation';
import { newPerson } from '../fixtures/words';
import { ProfileMenu } from '../pages/account';
import { expectInspectedProblem } from '../pages/form';
import { MembersPage } from '../pages/members';
import { OverviewPage } from '../pages/organizations';
import { SetUpPage } from '../pages/set_up';
import { TwoFactorSettingsPage } from '../pages/two_factor';

const ORGANIZATION = { name: 'Ackley & Sons', label: 'Company', slug: 'ackley-sons' };

test('somebody opens the printed link, creates their organization and lands in Members', { tag: '@plain' }, async ({ actors, installation }) => {
  const person = newPerson({ firstName: 'Zoë', lastName: "O'Neill" });
  const page = await actors.stranger();
  const setUp = new SetUpPage(page);

  await test.step('opening the link uses nothing up', async () => {
    for (const _time of [1, 2, 3]) await setUp.open(installation.setUpLink);
  });

  await test.step('what is wrong is said at the fields, and what was typed stays', async () => {
    await setUp.fill({ ...person, email: 'zoe at home', password: 'short' }, ORGANIZATION);
    await setUp.create.click();
    await expectInspectedProblem(page, 'set-up', /address/i, setUp.email);
    await expect(setUp.inputs.firstName).toHaveValue('Zoë');
    await expect(setUp.inputs.lastName).toHaveValue("O'Neill");
    await expect(setUp.email).toHaveValue('zoe at home');
    await expect(setUp.organizationName).toHaveValue(ORGANIZATION.name);
    await expect(setUp.label).toHaveValue(ORGANIZATION.label);
  });

  await test.step('a password that is easy to guess is refused', async () => {
    await setUp.email.fill(person.email);
    await setUp.inputs.password.fill('passwordpassword');
    await setUp.create.click();
    await expectInspectedProblem(page, 'set-up, weak password', /easy to guess/, setUp.inputs.password);
  });

  await test.step('the second factor is demanded, and set up with the key as text', async () => {
    await setUp.inputs.password.fill(person.password);
    await setUp.create.click();
    const factor = new TwoFactorSettingsPage(page);
    await factor.setUpArrived();
    await expect(factor.duty).toBeVisible();
    await expect(page.getByRole('img', { name: 'QR code for your authenticator app' })).toBeVisible();
    const { recoveryCodes } = await factor.setUp();
    expect(new Set(recoveryCodes).size).toBe(10);
  });

  await test.step('Members is the first page, with oneself in it', async () => {
    const members = new MembersPage(page, ORGANIZATION);
    await members.arrived();
    await expect(members.row(person.name)).toContainText('Administrator');
    await expect(members.row(person.name)).toContainText('Active');
    await expect(members.row(person.name)).toContainText('zoe.oneill');
  });

  await test.step('the profile menu launches the organization', async () => {
    const menu = new ProfileMenu(page);
    await menu.open();
    await menu.choose(ORGANIZATION.name);
    await menu.launch(ORGANIZATION.name).click();
    const overview = new OverviewPage(page, ORGANIZATION);
    await overview.arrived();
    await overview.tabs.expectShown('Overview', 'Members');
    await expect(page.getByRole('banner')).toContainText('Administrator');
  });

  await test.step('the link is used up', async () => {
    const stranger = await actors.stranger();
    await stranger.goto(installation.setUpLink);
    await expect(stranger.getByRole('heading', { level: 1, name: 'Nexus is set up already' })).toBeVisible();
  });
});

withPeople('a forged link opens nothing', async ({ actors }) => {
  const page = await actors.stranger();
  const answer = await page.goto(`${get().firstStartLink.slice(0, -4)}AAAA`);
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1, name: 'This link is not valid' })).toBeVisible();
});
