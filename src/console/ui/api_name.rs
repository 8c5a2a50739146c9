use leptos::prelude::*;

/// Names up to this long fit wherever they are shown.
const FITS: usize = 28;

/// A name as the API spells it; a long one may break between its words.
#[component]
pub fn ApiName(#[prop(into)] name: String) -> impl IntoView {
    let words = if name.len() <= FITS {
        vec![name]
    } else {
        name.chars()
            .fold(Vec::<String>::new(), |mut words, letter| {
                match words.last_mut() {
                    Some(word) if !letter.is_uppercase() => word.push(letter),
                    _ => words.push(letter.to_string()),
                }
                words
            })
    };
    let words = words
        .into_iter()
        .map(|word| view! { {word} <wbr /> })
        .collect_view();
    view! { <code class="api-name">{words}</code> }
}
