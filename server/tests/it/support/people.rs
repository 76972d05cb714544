//! People, made as people come to be: through the pages.

use totp_rs::Builder;

use super::World;
use super::client::{Answer, Browser};
use super::html;

/// A password that everybody here uses unless a test says otherwise.
pub const PASSWORD: &str = "seven quiet otters paint the barn";

/// Somebody with an account, and the browser they sit at.
#[derive(Clone, Debug)]
pub struct Person {
    /// Their browser.
    pub browser: Browser,
    /// Their address.
    pub email: String,
    /// Their password.
    pub password: String,
    /// The secret of their authenticator app, once it is set up.
    pub secret: Option<Vec<u8>>,
    last_step: u64,
}

impl Person {
    /// Somebody who has just registered.
    pub fn new(browser: Browser, email: &str) -> Self {
        Self { browser, email: email.to_owned(), password: PASSWORD.to_owned(), secret: None, last_step: 0 }
    }

    /// Opens a page.
    pub async fn get(&mut self, target: &str) -> Answer {
        self.browser.get(target).await
    }

    /// Calls a server function with scripts.
    pub async fn call(&mut self, function: &str, pairs: &[(&str, &str)]) -> Answer {
        self.browser.call(function, pairs).await
    }

    /// Sets two-factor authentication up as the page asks, and gives the recovery codes.
    pub async fn set_up_second_factor(&mut self, world: &World) -> Vec<String> {
        let pending = self.scan_new_secret().await.expect("a new secret in the form");
        let code = self.code(world).await;
        let answer = self.call("turn_on_two_factor", &[("form[pending]", &pending), ("form[code]", &code)]).await.expect(200).json();
        answer["codes"].as_array().unwrap().iter().map(|code| code.as_str().unwrap().to_owned()).collect()
    }

    /// Reads the secret that the page for setting up offers into the authenticator app, and gives it sealed, as its form holds it.
    pub async fn scan_new_secret(&mut self) -> Option<String> {
        let pending = html::input(&self.get("/account/two-factor").await.text(), "form[pending]")?;
        let shown = self.call("read_own_factor", &[("pending", &pending)]).await.expect(200).json();
        let secret = shown["NotSetUp"]["pending"]["secret"].as_str().unwrap().replace(' ', "");
        self.secret = Some(data_encoding::BASE32_NOPAD.decode(secret.as_bytes()).unwrap());
        Some(pending)
    }

    /// A code that has not been used: of this step or the next; when both are spent, time is moved back.
    pub async fn code(&mut self, world: &World) -> String {
        let present: i64 =
            sqlx::query_scalar("SELECT floor(extract(epoch FROM now()) / 30)::bigint").fetch_one(&world.owner).await.unwrap();
        let present = u64::try_from(present).unwrap();
        let mut step = present.max(self.last_step + 1);
        if step > present + 1 {
            sqlx::query("UPDATE two_factors SET last_step = last_step - 10 FROM users WHERE users.id = user_id AND users.email = $1")
                .bind(&self.email)
                .execute(&world.owner)
                .await
                .unwrap();
            step = present;
        }
        self.last_step = step;
        self.code_of_step(step)
    }

    /// The code of one time step.
    pub fn code_of_step(&self, step: u64) -> String {
        let secret = self.secret.clone().expect("a second factor");
        let totp = Builder::new().with_secret(secret).with_account_name("x").build().unwrap();
        totp.generate(step * 30).to_string()
    }

    /// Proves the password, and nothing more.
    pub async fn enter_password(&mut self) -> Answer {
        let (email, password) = (self.email.clone(), self.password.clone());
        self.call("sign_in", &[("form[identifier]", &email), ("form[password]", &password)]).await
    }

    /// Signs in with everything that the account demands.
    pub async fn sign_in(&mut self, world: &World) {
        self.enter_password().await.expect(200);
        if self.secret.is_some() {
            let code = self.code(world).await;
            self.call("verify_code", &[("form[code]", &code)]).await.expect(200);
        }
    }
}
