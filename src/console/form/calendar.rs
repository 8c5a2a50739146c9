//! The browser's calendar for a field that is a moment, a date or a month, and what was understood of a
//! moment. The text that is sent stands in the field itself, and any text may be written there.

use super::field_labels;
use crate::browser::{clock, task};
use crate::lazy::lazy;
use crate::state::Form;
use crate::ui::{Button, El, Markup, el, field_line, live};
use crate::watch::watch;
use formsmith_api::calendar::Calendar;
use formsmith_api::decimal;
use formsmith_api::draft::{Edit, NodeId};
use formsmith_api::protocol::{Moment, to_iso_8601};
use formsmith_api::validate;
use formsmith_words as words;
use js_sys::Reflect;
use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use serde_json::Value;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, KeyboardEvent};

/// A text field with the way to the calendar, as soon as its code is there; without it the field works
/// all the same. `understood` becomes what is understood of its text.
pub fn with_calendar(
    form: Form,
    node: NodeId,
    kind: Calendar,
    understood: RwSignal<Option<String>>,
    input: Markup,
) -> Markup {
    let row = el("div").class("field-row").child(input);
    let filling = calendar(form, node, kind, understood, row.clone());
    let filling = ScopedFuture::new_untracked(async move {
        let _ = filling.await;
    });
    task::spawn(filling);
    row.into()
}

lazy! {
    in calendar: fn calendar(form: Form, node: NodeId, kind: Calendar, understood: RwSignal<Option<String>>, row: El) = {
        // The field may be gone by then.
        if !understood.is_disposed() {
            row.child(view(form, node, kind, understood));
        }
    };
}

fn view(form: Form, node: NodeId, kind: Calendar, understood: RwSignal<Option<String>>) -> Markup {
    let text = Memo::new(move |_| form.with_node(node, |draft| draft.text(node).to_owned()));
    if kind == Calendar::DateTime {
        watch(move || {
            let moment = text.with(|text| read(form, node, text));
            understood.set(moment.map(|it| words::understood(&it.utc, &it.local, &it.seconds)));
        });
    }
    let (its_type, label) = match kind {
        Calendar::DateTime => ("datetime-local", words::calendar_moment()),
        Calendar::Date => ("date", words::calendar_date()),
        Calendar::Month => ("month", words::calendar_month()),
    };
    let id = format!("{}-calendar", field_labels::control_id(node));
    let Some((control, native)) = native(&id, its_type) else {
        return Markup::default();
    };
    // What was chosen here stays as it was chosen while the text says the same.
    let chosen = StoredValue::new(String::new());
    let problem = RwSignal::new(None::<&'static str>);
    let shown = native.clone();
    watch(move || {
        text.with(|text| {
            if chosen.with_value(|chosen| chosen != text) {
                let value = match kind {
                    Calendar::DateTime => read(form, node, text).map(|it| it.control),
                    _ => Some(text.clone()),
                };
                // What is none of its values, the browser leaves out.
                shown.set_value(&value.unwrap_or_default());
                problem.set(None);
            }
        });
    });
    let write = move |text: String| {
        chosen.set_value(text.clone());
        form.apply(
            match text.is_empty() && field_labels::is_optional(form, node) {
                true => Edit::Omit(node),
                false => Edit::SetText(node, text),
            },
        );
    };
    // What is half written is told when it is left, and from then on until it is put right.
    let typed = native.clone();
    let hear = move || match written(&typed, kind) {
        Ok(text) => {
            problem.set(None);
            write(text);
        }
        Err(why) => {
            if !typed.value().is_empty() || problem.with_untracked(Option::is_some) {
                problem.set(Some(why));
            }
        }
    };
    let left = native.clone();
    let look = move || {
        let wrong = written(&left, kind).err();
        problem.set(wrong);
        wrong.is_some()
    };
    let at_enter = look.clone();
    let at_blur = look.clone();
    let problem_id = format!("{id}-error");
    let told = field_line(
        "error",
        problem_id.clone(),
        Signal::derive(move || problem.get().map(str::to_owned)),
    );
    let control = control
        .attr_while("aria-invalid", "true", move || problem.get().is_some())
        .attr_live("aria-describedby", move || {
            problem.get().map(|_| problem_id.clone())
        })
        .on("input", move |_: Event| hear())
        // Before the form hears of it: what is half written is not sent.
        .on("keydown", move |event: KeyboardEvent| {
            if event.key() == "Enter" {
                at_enter();
            }
        })
        .on("blur", move |_: Event| {
            at_blur();
            form.left(node);
        });
    let again = live(move || again(text.with(|text| read(form, node, text))?, write));
    let title = el("label").attr("for", &id).child(label);
    let around = el("div")
        .class("calendar")
        .attr("hidden", "")
        .child(title)
        .child(control)
        .child(told)
        .child(again);
    let is_open = RwSignal::new(false);
    let opened = around.element().clone();
    let press = move |()| {
        // What is half written does not vanish with it.
        let closes = is_open.get_untracked() && !look();
        is_open.set(!closes);
        if closes {
            let _ = opened.set_attribute("hidden", "");
            return;
        }
        let _ = opened.remove_attribute("hidden");
        let _ = native.focus();
        if problem.with_untracked(Option::is_none) {
            // Where the browser doesn't open it by itself, the control is written into.
            let _ = native.show_picker();
        }
    };
    let name = Signal::stored(words::calendar_for(&words::in_sentence(
        &field_labels::title(form, node),
    )));
    let button = view! {
        <Button label=name expanded=is_open on_click=press>{words::calendar()}</Button>
    };
    (button, around).into()
}

/// Which one it is of a time that comes twice, and the way to the other.
fn again(
    moment: Understood,
    write: impl Fn(String) + Copy + Send + Sync + 'static,
) -> Option<Markup> {
    let at = decimal::float(&moment.seconds)?.floor() as i64;
    let both = clock::of_local(&moment.control);
    let [first, second] = both[..] else {
        return None;
    };
    let (said, label, other) = match at == first {
        true => (
            words::calendar_first(),
            words::calendar_use_second(),
            second,
        ),
        false => (words::calendar_second(), words::calendar_use_first(), first),
    };
    let press = move |()| write(to_iso_8601(other as f64).unwrap_or_default());
    let said = el("div")
        .class("field-line")
        .attr("role", "status")
        .child(said);
    Some((said, view! { <Button on_click=press>{label}</Button> }).into())
}

/// A control of a type, if the browser has it: another one makes it a text field.
fn native(id: &str, its_type: &'static str) -> Option<(El, HtmlInputElement)> {
    let control = el("input")
        .class("input")
        .attr("id", id)
        .attr("type", its_type);
    let control = match its_type {
        // Else the browser leaves out the seconds, and takes years of six digits.
        "datetime-local" => control.attr("step", "1").attr("max", "9999-12-31T23:59:59"),
        "date" => control.attr("max", "9999-12-31"),
        _ => control.attr("max", "9999-12"),
    };
    let native: HtmlInputElement = control.element().clone().dyn_into().ok()?;
    (native.type_() == its_type).then_some((control, native))
}

/// What the control has, as the field's text; or why that is none.
fn written(native: &HtmlInputElement, kind: Calendar) -> Result<String, &'static str> {
    let value = native.value();
    if value.is_empty() {
        let validity = Reflect::get(native, &"validity".into());
        let is_half = validity.and_then(|it| Reflect::get(&it, &"badInput".into()));
        return match is_half.is_ok_and(|it| it.is_truthy()) {
            true => Err(match kind {
                Calendar::DateTime => words::calendar_half_moment(),
                Calendar::Date => words::calendar_half_date(),
                Calendar::Month => words::calendar_half_month(),
            }),
            false => Ok(value),
        };
    }
    match kind {
        // Of two the first; the other is a press away.
        Calendar::DateTime => {
            let first = clock::of_local(&value).first().copied();
            first
                .and_then(|first| to_iso_8601(first as f64))
                .ok_or_else(words::calendar_gap)
        }
        _ => Ok(value),
    }
}

/// A moment as it is understood.
struct Understood {
    utc: String,
    /// In the person's zone, with the zone's distance.
    local: String,
    /// Since 1970.
    seconds: String,
    /// What the browser's control has for it.
    control: String,
}

fn read(form: Form, node: NodeId, text: &str) -> Option<Understood> {
    let is_one = form.peek(|draft| {
        let place = draft.place(form.model, node);
        place.is_some_and(|place| validate::text(place, text).is_empty())
    });
    let moment = Moment::of(&Value::String(text.to_owned())).filter(|_| is_one)?;
    let seconds = moment.number()?.to_string();
    let known = clock::moment(decimal::float(&seconds)?)?;
    Some(Understood {
        utc: known.utc,
        control: known.local.get(..19)?.replace(' ', "T"),
        local: known.local,
        seconds,
    })
}
