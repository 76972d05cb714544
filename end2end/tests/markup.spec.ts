// Names that look like markup are shown as they are, wherever they stand. The installation is the test's own, because its
// organization has such a name. A dialog, a refused script or an error in the console fails the test as it does everywhere.

import type { Locator, Page } from '@playwright/test';
import { INVITATION } from '../fixtures/mailbox';
import { expect, test } from '../fixtures/own_installation';
import { newPerson, type Person } from '../fixtures/words';
import { AccountPage, ProfileMenu } from '../pages/account';
import { expectProblem } from '../pages/form';
import { HomePage } from '../pages/home';
import { CompletePage, InvitePage } from '../pages/invitations';
import { DeactivatePage, MembersPage } from '../pages/members';
import { LeavePage, OverviewPage } from '../pages/organizations';
import { SetUpPage } from '../pages/set_up';
import { TwoFactorSettingsPage } from '../pages/two_factor';

const NAME = '"><img src=x onerror=alert(1)>{{7*7}}';
const LABEL = '</script><script>alert(2)</script>';

test('names that look like markup are shown literally everywhere, and do nothing', async ({ actors, installation }) => {
  test.slow();
  const administrator = called('</script><script>alert(3)</script>', `'"><svg onload=alert(4)>{{7*7}}`);
  const invited = called('</textarea></title><img src=x onerror=alert(5)>', '<!--<b>&lt;${7*7}</b>');
  const page = await actors.stranger();

  await test.step('set-up', async () => {
    const setUp = new SetUpPage(page);
    await setUp.open(installation.setUpLink);
    await setUp.fill({ ...administrator, password: 'short' }, { name: NAME, label: LABEL });
    await chooseUsername(setUp.inputs, administrator);
    await setUp.create.click();
    await expectProblem(page, /15 characters/, setUp.inputs.password);
    await expect(setUp.organizationName).toHaveValue(NAME);
    await expect(setUp.label).toHaveValue(LABEL);
    await expect(setUp.inputs.firstName).toHaveValue(administrator.firstName);
    await expect(setUp.inputs.lastName).toHaveValue(administrator.lastName);
    await expectInert(page);
    await setUp.inputs.password.fill(administrator.password);
    await setUp.create.click();
    await new TwoFactorSettingsPage(page).setUp();
    await expect(page).toHaveURL(/\/organizations\/[a-z0-9-]+\/members$/);
  });
  const organization = { name: NAME, slug: new URL(page.url()).pathname.split('/')[2]! };
  const members = new MembersPage(page, organization);
  const overview = new OverviewPage(page, organization);

  await test.step('Members, header, profile menu', async () => {
    await members.open();
    await expect(members.row(administrator.name)).toContainText('Administrator');
    await expect(page.getByRole('banner')).toContainText(NAME);
    await expect(page).toHaveTitle(/^Members · /);
    const profile = new ProfileMenu(page);
    await profile.open();
    await expect(profile.menu).toContainText(administrator.name);
    await profile.choose(NAME);
    await expectInert(page);
    await profile.launch(NAME).click();
  });

  await test.step('Overview', async () => {
    await overview.arrived();
    await expectInert(page, NAME, LABEL);
    await overview.open();
    await expectInert(page, NAME, LABEL);
  });

  await test.step('a search', async () => {
    await members.open(NAME);
    await expect(page.getByText('Nobody found')).toBeVisible();
    await expect(members.search).toHaveValue(NAME);
    await expectInert(page);
  });

  await test.step('the result of an invitation', async () => {
    const invite = new InvitePage(page, organization);
    await invite.open();
    const noAddress = '"><img/src=x/onerror=alert(7)>';
    await invite.addresses.fill(`${invited.email}\n${noAddress}\n</script><svg/onload=alert(8)>`);
    await invite.send.click();
    await invite.resultsArrived();
    await expect(invite.result(invited.email)).toContainText('Invited');
    await expectInert(page, 'img/src=x/onerror=alert(7)', 'svg/onload=alert(8)');
  });

  const mailbox = await actors.mailbox();
  const mail = await mailbox.openNewest(invited.email, INVITATION);
  const link = await mail.link(/\/complete\?token=/);
  await test.step('the mail', async () => {
    await expect(mail.message.getByRole('heading', { level: 2 })).toContainText(NAME);
    await expectInert(mail.page, NAME);
    const message = mail.page.frameLocator('iframe').locator('body');
    for (const words of [NAME, LABEL, administrator.name]) await expect(message).toContainText(words);
    await expectNothingMade(message);
    expect(await mail.plainText()).toContain(NAME);
  });

  const visitor = await actors.stranger();
  await test.step("the link's page", async () => {
    const complete = new CompletePage(visitor);
    await complete.open(link);
    await complete.registrationArrived();
    await expectInert(visitor, NAME);
    await complete.inputs.fill({ ...invited, password: 'short' });
    await chooseUsername(complete.inputs, invited);
    await complete.complete.click();
    await expectProblem(visitor, /15 characters/, complete.inputs.password);
    await expect(complete.inputs.firstName).toHaveValue(invited.firstName);
    await expect(complete.inputs.lastName).toHaveValue(invited.lastName);
    await expectInert(visitor, NAME);
    await complete.inputs.password.fill(invited.password);
    await complete.complete.click();
    await new OverviewPage(visitor, organization).arrived();
    await complete.open(link);
    await complete.caseArrived('You are in');
    await expectInert(visitor, NAME);
  });

  await test.step('a message that is refused', async () => {
    const own = new OverviewPage(visitor, organization);
    await own.open();
    const long = `</textarea><script>alert(6)</script>${' and so on'.repeat(2_000)}`;
    await own.message.text.fill(long);
    await own.message.send.click();
    await expectProblem(visitor, /Use at most/, own.message.text);
    await expect(own.message.text).toHaveValue(long);
    await expectInert(visitor, NAME, LABEL);
  });

  await test.step('account, home, leaving', async () => {
    await new AccountPage(visitor).open();
    await expectInert(visitor, invited.name);
    const home = new HomePage(visitor);
    await home.open();
    await expect(home.organizations).toContainText(NAME);
    await expectInert(visitor);
    await visitor.goto(`/organizations/${organization.slug}/leave`);
    await new LeavePage(visitor, organization).arrived();
    await expectInert(visitor, NAME);
  });

  await test.step('deactivating, its receipt and its mail', async () => {
    await members.open(invited.email);
    await expect(members.row(invited.name)).toContainText('Active');
    await expectInert(page, invited.name);
    await members.choose(invited.name, 'Deactivate');
    const deactivate = new DeactivatePage(page, invited.name);
    await deactivate.arrived();
    await expectInert(page, invited.name);
    await deactivate.confirm.click();
    await deactivate.receiptArrived();
    await expectInert(page, invited.name);
    const home = new HomePage(visitor);
    await home.open();
    await expectInert(visitor, `Your access to ${NAME} has ended`);
    const told = await mailbox.openNewest(invited.email, `Your access to ${NAME} has ended`);
    await expectInert(told.page, NAME);
    await expectNothingMade(told.page.frameLocator('iframe').locator('body'));
  });
});

/** Somebody with such names, an ordinary address and an ordinary username. */
function called(firstName: string, lastName: string): Person {
  return { ...newPerson(), firstName, lastName, name: `${firstName} ${lastName}` };
}

async function chooseUsername(inputs: { automaticUsername: Locator; username: Locator }, person: Person): Promise<void> {
  await inputs.automaticUsername.uncheck();
  await inputs.username.fill(person.username);
}

/** The words can be read on the page as they are, and no markup has come of any. */
async function expectInert(page: Page, ...words: string[]): Promise<void> {
  for (const literal of words) await expect(page.locator('body')).toContainText(literal, { useInnerText: true });
  await expectNothingMade(page.locator('html'));
}

async function expectNothingMade(root: Locator): Promise<void> {
  await expect(root.locator('[onload], [onerror], img[src="x"], body b')).toHaveCount(0);
  const scripts = await root.locator('script').allTextContents();
  expect(scripts.filter((script) => script.trim().startsWith('alert('))).toEqual([]);
}
