// The people of an organization, and deactivating one.

import { expect, type Locator, type Page } from '@playwright/test';
import { arrived, asked, inspect, runsScripts } from '../fixtures/a11y';
import { Tabs } from './organizations';

/** The list. */
export class MembersPage {
  readonly tabs: Tabs;
  readonly search: Locator;
  readonly inviteUsers: Locator;
  readonly table: Locator;
  readonly rows: Locator;

  constructor(
    readonly page: Page,
    readonly organization: { slug: string },
  ) {
    this.tabs = new Tabs(page);
    this.search = page.getByRole('searchbox', { name: 'Search members' });
    this.inviteUsers = page.getByRole('link', { name: 'Invite Users' });
    this.table = page.getByRole('table', { name: 'Members' });
    this.rows = this.table.getByRole('row').filter({ has: page.getByRole('rowheader') });
  }

  /** Opens the list, narrowed to what a search finds: other tests add people all the time. */
  async open(search = ''): Promise<void> {
    const query = search ? `?search=${encodeURIComponent(search)}` : '';
    await this.page.goto(`/organizations/${this.organization.slug}/members${query}`);
    await this.arrived();
  }

  async arrived(): Promise<void> {
    await arrived(this.page, 'Members', 'members');
    await expect(this.page).toHaveURL(new RegExp(`/organizations/${this.organization.slug}/members($|\\?)`));
  }

  /** Searches as a form does. */
  async find(words: string): Promise<void> {
    await this.search.fill(words);
    await this.search.press('Enter');
    await expect(this.page).toHaveURL(/[?&]search=/);
  }

  /** The row of somebody, by name or address. */
  row(called: string): Locator {
    return this.rows.filter({ hasText: called });
  }

  /** Opens what can be done with a row: its menu or, without scripts, a page. */
  async actions(called: string): Promise<Locator> {
    const name = `Actions for ${called}`;
    await this.page.getByRole('button', { name, exact: true }).click();
    if (!runsScripts()) {
      await arrived(this.page, name, 'actions of a row');
      return this.page.getByRole('main');
    }
    const menu = this.page.getByRole('menu', { name, exact: true });
    await expect(menu).toBeVisible();
    await inspect(this.page, 'menu of a row');
    return menu;
  }

  /** The address of a question among a row's actions. */
  async address(called: string, action: string): Promise<string> {
    const address = await this.action(await this.actions(called), action).getAttribute('href');
    expect(address, action).toBeTruthy();
    return address ?? '';
  }

  /** Chooses among a row's actions. */
  async choose(called: string, action: string): Promise<void> {
    await this.action(await this.actions(called), action).click();
  }

  /** Asks from a row whether somebody shall lose access. */
  async askToDeactivate(name: string): Promise<DeactivatePage> {
    await this.choose(name, 'Deactivate');
    const question = new DeactivatePage(this.page, name);
    await question.arrived();
    return question;
  }

  private action(actions: Locator, name: string): Locator {
    if (runsScripts()) return actions.getByRole('menuitem', { name, exact: true });
    return actions.getByRole('link', { name, exact: true }).or(actions.getByRole('button', { name, exact: true }));
  }
}

/** Asks before somebody loses access, over the list or on a page of its own, and says what was withdrawn. */
export class DeactivatePage {
  readonly confirm: Locator;
  readonly keep: Locator;
  readonly receipt: Locator;
  readonly back: Locator;

  constructor(
    readonly page: Page,
    readonly name: string,
  ) {
    this.confirm = page.getByRole('button', { name: `Deactivate ${name}` });
    this.keep = page.getByRole('link', { name: 'Keep access' }).or(page.getByRole('button', { name: 'Keep access' }));
    this.receipt = page.getByRole('status').filter({ hasText: `${name} is deactivated` });
    this.back = page.getByRole('link', { name: 'Back to Members' }).or(page.getByRole('button', { name: 'Close' }));
  }

  async arrived(): Promise<void> {
    await asked(this.page, `Deactivate ${this.name}?`, 'deactivate');
  }

  async arrivedFromAddress(): Promise<void> {
    await arrived(this.page, `Deactivate ${this.name}?`, 'deactivate');
  }

  async receiptArrived(): Promise<void> {
    await expect(this.receipt).toBeVisible();
    await inspect(this.page, 'receipt of a deactivation');
  }
}
