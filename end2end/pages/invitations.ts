// Inviting people, cancelling an invitation, and the page of an invitation's link.

import { expect, type Locator, type Page } from '@playwright/test';
import { arrived, asked, inspect } from '../fixtures/a11y';
import type { Actors } from '../fixtures/actors';
import { marked } from '../fixtures/documents';
import { ORGANIZATION } from '../fixtures/installation';
import { RegistrationInputs } from './registration';

const MORE_THAN_A_FORM_MAY_HOLD = 1_200_000;

/** `Invite users` and its result list. */
export class InvitePage {
  readonly addresses: Locator;
  readonly send: Locator;
  readonly results: Locator;
  readonly back: Locator;
  readonly more: Locator;
  readonly password: Locator;
  readonly code: Locator;

  constructor(
    readonly page: Page,
    readonly organization: { slug: string },
  ) {
    this.addresses = page.getByLabel('Email addresses');
    this.send = page.getByRole('button', { name: 'Send invitations' });
    this.results = page.getByRole('list', { name: 'Result for each address' }).getByRole('listitem');
    this.back = page.getByRole('link', { name: 'Back to Members' });
    this.more = page.getByRole('link', { name: 'Invite more' });
    this.password = page.getByLabel('Your password', { exact: true });
    this.code = page.getByLabel('Authentication code');
  }

  async open(): Promise<void> {
    await this.page.goto(`/organizations/${this.organization.slug}/members/invite`);
    await this.arrived();
  }

  async arrived(): Promise<void> {
    await arrived(this.page, 'Invite users', 'invite users');
  }

  async resultsArrived(): Promise<void> {
    await arrived(this.page, 'Invitations', 'results of an invitation');
  }

  /** Puts addresses that are more than a form may hold into the box, as pasting does: typing that much would take a browser minutes. */
  async pasteTooMuch(first = 'somebody@people.example'): Promise<string> {
    const tooMuch = `${first}\n`.padEnd(MORE_THAN_A_FORM_MAY_HOLD, 'somebody@people.example\n');
    await this.addresses.evaluate((area: HTMLTextAreaElement, text) => {
      area.value = text;
      area.dispatchEvent(new Event('input', { bubbles: true }));
    }, tooMuch);
    return tooMuch;
  }

  role(name: 'Administrator' | 'User'): Locator {
    return this.page.getByRole('group', { name: 'Role' }).getByRole('radio', { name, exact: true });
  }

  access(application: string): Locator {
    return this.page.getByRole('group', { name: 'Application access' }).getByLabel(application);
  }

  result(address: string): Locator {
    return this.results.filter({ hasText: address });
  }
}

/** An administrator on `Invite users`, in a document that is marked. */
export async function inviting(actors: Actors): Promise<{ page: Page; invite: InvitePage; isSameDocument: () => Promise<boolean> }> {
  const page = await actors.administrator();
  const invite = new InvitePage(page, ORGANIZATION);
  await invite.open();
  return { page, invite, isSameDocument: await marked(page) };
}

/** Asks before an invitation is taken back. */
export class CancelInvitationPage {
  readonly confirm: Locator;
  readonly keep: Locator;

  constructor(
    readonly page: Page,
    readonly called: string,
  ) {
    this.confirm = page.getByRole('button', { name: 'Cancel invitation' });
    this.keep = page.getByRole('link', { name: 'Keep the invitation' }).or(page.getByRole('button', { name: 'Keep the invitation' }));
  }

  async arrived(): Promise<void> {
    await asked(this.page, `Cancel the invitation of ${this.called}?`, 'cancel an invitation');
  }

  async arrivedFromAddress(): Promise<void> {
    await arrived(this.page, `Cancel the invitation of ${this.called}?`, 'cancel an invitation');
  }
}

/** What an invitation's link shows. */
export class CompletePage {
  readonly inputs: RegistrationInputs;
  readonly complete: Locator;
  readonly accept: Locator;
  readonly decline: Locator;
  readonly switchAccount: Locator;
  readonly signIn: Locator;
  readonly sendNewLink: Locator;
  readonly message: Locator;
  readonly sendMessage: Locator;

  constructor(readonly page: Page) {
    this.inputs = new RegistrationInputs(page);
    this.complete = page.getByRole('button', { name: 'Complete registration' });
    this.accept = page.getByRole('button', { name: 'Accept' });
    this.decline = page.getByRole('button', { name: 'Decline' });
    this.switchAccount = page.getByRole('button', { name: 'Switch account' });
    this.signIn = page.getByRole('main').getByRole('link', { name: 'Sign in' });
    this.sendNewLink = page.getByRole('button', { name: 'Send me a new link' });
    this.message = page.getByLabel('Message to the administrators');
    this.sendMessage = page.getByRole('button', { name: 'Send message' });
  }

  async open(link: string): Promise<void> {
    await this.page.goto(link);
  }

  /** The form of somebody who is new. */
  async registrationArrived(): Promise<void> {
    await arrived(this.page, 'Complete your registration', 'complete registration');
  }

  /** Any other case, by its heading. */
  async caseArrived(heading: string): Promise<void> {
    await arrived(this.page, heading, `invitation's link: ${heading}`);
  }

  async expectMessageSent(): Promise<void> {
    await expect(this.page.getByText('Your message is on its way')).toBeVisible();
    await inspect(this.page, 'message about an invitation sent');
  }

  async expectNewLinkSent(): Promise<void> {
    await expect(this.page.getByText('A new link is on its way')).toBeVisible();
    await inspect(this.page, 'new link sent');
  }
}
