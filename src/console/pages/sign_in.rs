//! The dialog in which a person signs in, over whatever they were at.

use crate::lazy::lazy;
use crate::lazy_view::lazy_dialog;
use crate::state::{Console, CopyStatus, SigningIn};
use crate::ui::{
    Button, CopyButton, Dialog, FieldControl, FieldShell, Flash, Kind, Markup, MarkupFn,
    StatusIndicator, TextInput, Variant, el, key_values, live, when,
};
use formsmith_words as words;
use leptos::prelude::*;
use web_sys::SubmitEvent;

/// What the focus goes to, and the field of the MFA code.
const ASKED_ID: &str = "sign-in";
const CODE_ID: &str = "mfa-code";

#[component]
pub fn SignInDialog(console: Console) -> Markup {
    lazy_dialog(
        console,
        move || console.is_signing_in(),
        move || dialog(console),
    )
}

lazy! { in sign_in: fn dialog(console: Console) -> Markup = sign_in(console); }

fn sign_in(console: Console) -> Markup {
    let has_ended = move || matches!(console.signing_in(), Some(SigningIn::Ended(..)));
    let again = move || {
        let press = move |()| console.sign_in_again();
        view! { <Button variant=Variant::Primary on_click=press>{words::try_again()}</Button> }
    };
    let footer = MarkupFn::new(move || {
        view! {
            <Button variant=Variant::Link on_click=move |()| console.cancel_sign_in()>
                {words::cancel()}
            </Button>
            {when(has_ended, again)}
        }
    });
    view! {
        <Dialog
            open=Signal::derive(move || console.is_signing_in())
            on_close=move |()| console.cancel_sign_in()
            title=words::sign_in()
            close_label=words::close()
            focus=ASKED_ID
            footer
        >
            {content(console)}
        </Dialog>
    }
    .into()
}

/// What is drawn anew only when something else is asked of the person: the time that is left and a
/// wrong code change within it.
#[derive(Clone, PartialEq)]
enum Part {
    Starting,
    Device { address: String, code: String },
    Mfa { serial: String, role: String },
    Ended(String, String),
}

fn content(console: Console) -> Markup {
    let part = Memo::new(move |_| {
        Some(match console.signing_in()? {
            SigningIn::Starting => Part::Starting,
            SigningIn::Device { address, code, .. } => Part::Device { address, code },
            SigningIn::Mfa { serial, role, .. } => Part::Mfa { serial, role },
            SigningIn::Ended(title, detail) => Part::Ended(title, detail),
        })
    });
    let shown = live(move || {
        Some(match part.get()? {
            Part::Starting => {
                let text = words::sign_in_starting();
                view! { <StatusIndicator kind=Kind::Loading text /> }.into()
            }
            Part::Device { address, code } => device(console, &address, code),
            Part::Mfa { serial, role } => mfa(console, &serial, &role),
            Part::Ended(title, detail) => {
                view! { <Flash kind=Kind::Error title>{detail}</Flash> }.into()
            }
        })
    });
    el("div")
        .class("stack")
        .attr("id", ASKED_ID)
        .attr("tabindex", "-1")
        .child(shown)
        .into()
}

fn device(console: Console, address: &str, code: String) -> Markup {
    // Nothing else becomes a link.
    let way: Markup = match address.starts_with("https://") {
        true => el("a")
            .attr("href", address)
            .attr("target", "_blank")
            .attr("rel", "noopener noreferrer")
            .child(words::sign_in_open())
            .into(),
        false => el("code").child(address).into(),
    };
    let status = CopyStatus::new();
    let copied = code.clone();
    let copy = move |()| console.copy(words::sign_in_code().into(), copied.clone(), status);
    let minutes = Memo::new(move |_| match console.signing_in() {
        Some(SigningIn::Device { minutes, .. }) => minutes,
        _ => 0,
    });
    let left = live(move || Some(Markup::from(words::sign_in_left(minutes.get()))));
    (
        el("p").child(words::sign_in_device()),
        el("p").child(way),
        el("p").child((
            el("span").child(words::sign_in_code()),
            el("span").child(": "),
            el("code").child(code.as_str()),
            view! { <CopyButton label=words::sign_in_copy_code() on_copy=copy status /> },
        )),
        view! { <StatusIndicator kind=Kind::Loading text=words::sign_in_waiting() /> },
        el("p").class("description").child(left),
    )
        .into()
}

fn mfa(console: Console, serial: &str, role: &str) -> Markup {
    let code = RwSignal::new(String::new());
    let of_mfa = move || match console.signing_in() {
        Some(SigningIn::Mfa { is_sent, wrong, .. }) => (is_sent, wrong),
        _ => (false, None),
    };
    let is_sent = Memo::new(move |_| of_mfa().0);
    let wrong = Memo::new(move |_| of_mfa().1);
    let control = FieldControl::new(move |aria| {
        view! {
            <TextInput
                aria
                value=code.into()
                on_input=Callback::new(move |text| code.set(text))
                mode=Some("numeric")
                autocomplete=Some("one-time-code")
                required=true
            />
        }
    });
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        console.give_mfa_code(code.get_untracked());
    };
    el("form")
        .class("stack")
        .attr("novalidate", "")
        .on("submit", send)
        .child(el("p").child(words::mfa_asked()))
        .child(key_values(&[
            (words::mfa_role(), role),
            (words::mfa_device(), serial),
        ]))
        .child(view! {
            <FieldShell
                id=CODE_ID
                label=words::mfa_code()
                hint=words::mfa_hint()
                error=wrong.into()
                control
            />
        })
        .child(view! {
            <Button variant=Variant::Primary submit=true loading=is_sent>
                {words::sign_in()}
            </Button>
        })
        .into()
}
