// The development mailbox.

import { expect, type Locator, type Page } from '@playwright/test';
import { arrived } from '../fixtures/a11y';

export class MailboxPage {
  readonly mails: Locator;
  readonly message: Locator;

  constructor(readonly page: Page) {
    this.mails = page.getByRole('list', { name: 'Mails' }).getByRole('listitem');
    this.message = page.getByRole('article');
  }

  /** Opens the list, narrowed to a recipient. */
  async open(recipient = ''): Promise<void> {
    await this.page.goto(recipient ? `/dev/mailbox?recipient=${encodeURIComponent(recipient)}` : '/dev/mailbox');
    await arrived(this.page, 'Development mailbox', recipient ? 'development mailbox, narrowed' : 'development mailbox');
  }

  /** The mails about a subject, newest first. */
  about(subject: string | RegExp): Locator {
    return this.mails.filter({ has: this.page.getByText(subject) });
  }

  /** Opens the newest mail about a subject. */
  async openFirst(subject: string | RegExp): Promise<void> {
    await this.about(subject).first().getByRole('link').click();
    await expect(this.message).toBeVisible();
    await arrived(this.page, 'Development mailbox', 'development mailbox, a mail');
  }

  /** The address of a link in the open mail. */
  async link(address: RegExp): Promise<string> {
    const links = this.page.getByRole('navigation', { name: 'Links in this mail' });
    const href = await links.getByRole('link', { name: address }).getAttribute('href');
    if (!href) throw new Error(`The mail has no link ${address}`);
    return href;
  }

  /** The open mail's plain text. */
  async plainText(): Promise<string> {
    await this.message.getByText('Plain text').click();
    return this.message.getByRole('group').innerText();
  }
}
