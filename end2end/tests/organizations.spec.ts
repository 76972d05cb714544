// An organization's overview.

import { expect, test } from '../fixtures/actors';
import { APPLICATIONS, ORGANIZATION, get } from '../fixtures/installation';
import { expectInspectedProblem } from '../pages/form';
import { HomePage } from '../pages/home';
import { LeavePage, MessageForm, OverviewPage, notFoundArrived } from '../pages/organizations';

test('every member sees their role, writes to the administrators, and leaves', { tag: ['@plain', '@layout'] }, async ({ actors }) => {
  const { page, person } = await actors.user();
  const overview = new OverviewPage(page, ORGANIZATION);
  await overview.open();
  await overview.tabs.expectShown('Overview');
  await expect(page.getByRole('main')).toContainText('User');
  await expect(page.getByRole('main')).toContainText(ORGANIZATION.label);
  await expect(page.getByRole('banner')).toContainText(ORGANIZATION.name);

  await overview.message.send.click();
  await expectInspectedProblem(page, 'overview', 'Write what the administrators should know.', overview.message.text);
  await overview.message.text.fill(`Good morning from ${person.name}`);
  await overview.message.send.click();
  await expect(overview.message.sent).toBeVisible();

  await overview.open();
  await overview.leave.click();
  const leave = new LeavePage(page, ORGANIZATION);
  await leave.arrived();
  await leave.confirm.click();
  const home = new HomePage(page);
  await home.arrived();
  await expect(page.getByText(`Your access to ${ORGANIZATION.name} has ended`)).toBeVisible();
  const answer = await page.goto(`/organizations/${ORGANIZATION.slug}`);
  expect(answer?.status()).toBe(404);
  await notFoundArrived(page);
});

test('a message that is too long stays where it was typed', async ({ actors }) => {
  const { page } = await actors.user();
  await new OverviewPage(page, ORGANIZATION).open();
  const message = new MessageForm(page);
  const long = 'Please read this. '.repeat(1_000);
  await message.text.fill(long);
  await message.send.click();
  await expectInspectedProblem(page, 'overview, message too long', /Use at most/, message.text);
  await expect(message.text).toHaveValue(long);
});

test('an application opens for whoever has access, and says why not to others', { tag: '@plain' }, async ({ actors }) => {
  test.skip(!get().isFurnished, "the program's database is out of reach");
  const application = APPLICATIONS[0]!;
  const { page } = await actors.user({ access: { [application.name]: 'Use' } });
  await new OverviewPage(page, ORGANIZATION).open();
  await expect(page.getByRole('link', { name: application.name })).toBeVisible();

  const home = new HomePage(page);
  await home.open();
  const tile = home.applications.getByRole('link', { name: application.name });
  const address = await tile.getAttribute('href');
  await tile.click();
  await expect(page).toHaveURL('/help');

  const { page: other } = await actors.user();
  const answer = await other.goto(address ?? '');
  expect(answer?.status(), 'a member without access').toBe(403);
});
