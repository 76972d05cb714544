// The development mailbox.

import { expect, test } from '../fixtures/actors';
import { INVITATION } from '../fixtures/mailbox';
import { MailboxPage } from '../pages/mailbox';

test('mail is found by recipient, and says what the invitation is about', { tag: '@plain' }, async ({ actors }) => {
  const { person } = await actors.invited();
  const page = await actors.stranger();
  const mailbox = new MailboxPage(page);
  await mailbox.open();
  await page.getByRole('searchbox', { name: 'Search by recipient' }).fill(person.email.toUpperCase());
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(mailbox.mails).toHaveCount(1);
  await expect(mailbox.mails).toContainText(person.email);

  await mailbox.openFirst(INVITATION);
  const message = page.frameLocator('iframe');
  await expect(message.getByRole('link', { name: 'Complete your registration' })).toHaveAttribute('href', await mailbox.link(/\/complete\?token=/));

  await mailbox.open('nobody-has-this-address');
  await expect(page.getByText('No mail found')).toBeVisible();
});

test('every page says that mail is not sent', async ({ actors }) => {
  const page = await actors.stranger();
  for (const address of ['/sign-in', '/help', '/nothing']) {
    await page.goto(address);
    await expect(page.getByRole('complementary', { name: 'Development mode' })).toContainText('mail is not sent');
  }
});
