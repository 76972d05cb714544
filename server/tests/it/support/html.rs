//! Reading pages: what an input holds, which messages stand where.

use std::collections::BTreeMap;

/// The attributes of every `name` element of the page, unescaped.
pub fn elements(page: &str, name: &str) -> Vec<BTreeMap<String, String>> {
    let start = format!("<{name}");
    page.match_indices(&start)
        .map(|(position, _)| &page[position + start.len()..])
        .filter(|rest| rest.starts_with([' ', '>', '/', '\n']))
        .map(attributes)
        .collect()
}

/// What the input called `name` holds; `None` when the page has no such input.
pub fn input(page: &str, name: &str) -> Option<String> {
    let inputs = elements(page, "input");
    let input = inputs.iter().find(|input| input.get("name").is_some_and(|known| known == name))?;
    Some(input.get("value").cloned().unwrap_or_default())
}

/// What the text area called `name` holds.
pub fn text_area(page: &str, name: &str) -> Option<String> {
    let start = page
        .match_indices("<textarea")
        .map(|(position, _)| &page[position..])
        .find(|rest| attributes(&rest[9..]).get("name").is_some_and(|known| known == name))?;
    let content = &start[start.find('>')? + 1..];
    // A browser drops the first line break.
    let content = content.strip_prefix('\n').unwrap_or(content);
    Some(unescaped(&content[..content.find("</textarea>")?]))
}

/// A form of a page that is posted to a server function.
pub struct Form {
    /// Where it is posted to.
    pub address: String,
    /// The function's name.
    pub function: String,
    /// Names and contents of what nobody sees, the function aside.
    pub hidden: Vec<(String, String)>,
    /// The attributes of what is seen: inputs, text areas and choices.
    pub visible: Vec<BTreeMap<String, String>>,
}

/// Every form of the page that is posted to a server function.
pub fn forms(page: &str) -> Vec<Form> {
    let forms = page.split("<form").skip(1).map(|rest| &rest[..rest.find("</form>").unwrap_or(rest.len())]);
    let read = |form: &str| {
        let (hidden, visible): (Vec<_>, Vec<_>) = controls(form).into_iter().partition(is_hidden);
        let mut hidden: Vec<(String, String)> = hidden
            .into_iter()
            .filter_map(|mut control| Some((control.remove("name")?, control.remove("value").unwrap_or_default())))
            .collect();
        let function = hidden.iter().position(|(name, _)| name == "_function")?;
        let function = hidden.remove(function).1.trim_start_matches("/api/").to_owned();
        Some(Form { address: attributes(form).remove("action")?, function, hidden, visible })
    };
    forms.filter_map(read).collect()
}

/// The attributes of everything on a page that is filled in, hidden or not.
pub fn controls(page: &str) -> Vec<BTreeMap<String, String>> {
    ["input", "textarea", "select"].into_iter().flat_map(|element| elements(page, element)).collect()
}

/// Whether nobody sees this input.
pub fn is_hidden(control: &BTreeMap<String, String>) -> bool {
    control.get("type").is_some_and(|kind| kind == "hidden")
}

/// The text that begins with the first element whose start tag contains `mark`; some of what follows it stands there, too.
pub fn text_from(page: &str, mark: &str) -> Option<String> {
    let rest = &page[page.find(mark)?..];
    let rest = &rest[rest.find('>')? + 1..];
    Some(visible(&rest.chars().take(600).collect::<String>()))
}

/// The visible text: no tags, no comments, no scripts.
pub fn visible(page: &str) -> String {
    let mut text = String::new();
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        text.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = if rest.starts_with("<!--") {
            rest.find("-->").map(|end| end + 3)
        } else if rest.starts_with("<script") {
            rest.find("</script>").map(|end| end + 9)
        } else {
            rest.find('>').map(|end| end + 1)
        };
        rest = &rest[end.unwrap_or(rest.len())..];
    }
    text.push_str(rest);
    unescaped(&text)
}

/// The page without what stands in `<title>` and `<textarea>`: in there a browser reads nothing but the end of the element.
pub fn without_raw_text(page: &str) -> String {
    let mut kept = page.to_owned();
    for element in ["title", "textarea"] {
        let (start, end) = (format!("<{element}"), format!("</{element}>"));
        let mut position = 0;
        while let Some(found) = kept[position..].find(&start) {
            let content = position + found + kept[position + found..].find('>').unwrap() + 1;
            let length = kept[content..].find(&end).unwrap_or(kept.len() - content);
            kept.replace_range(content..content + length, "");
            position = content;
        }
    }
    kept
}

/// Whether the page is whole.
pub fn is_complete(page: &str) -> bool {
    page.starts_with("<!DOCTYPE html>") && page.contains("</body>") && page.contains("<title>") && page.contains("<main")
}

fn attributes(tag: &str) -> BTreeMap<String, String> {
    let mut attributes = BTreeMap::new();
    let mut rest = tag.trim_start();
    while !rest.is_empty() && !rest.starts_with(['>', '/']) {
        let end = rest.find(['=', ' ', '>', '/']).unwrap_or(rest.len());
        let name = rest[..end].to_owned();
        rest = &rest[end..];
        let mut value = String::new();
        if let Some(quoted) = rest.strip_prefix("=\"") {
            let end = quoted.find('"').unwrap_or(quoted.len());
            value = unescaped(&quoted[..end]);
            rest = quoted.get(end + 1..).unwrap_or_default();
        }
        attributes.insert(name, value);
        rest = rest.trim_start();
    }
    attributes
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}
