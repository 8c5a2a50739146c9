//! What a query finds.

use crate::literal::mend;
use jmespath::ast::Ast;
use jmespath::functions::{ArgumentType, CustomFunction, Signature};
use jmespath::{Context, ErrorReason, Expression, JmespathError, Rcvar, Runtime, Variable};
use serde_json::{Map, Number, Value};
use std::collections::{BTreeMap, HashMap};

/// Why a query finds nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The character that it is at, counted from 1.
    pub at: usize,
    /// What the language says of it.
    pub what: String,
}

/// The answer is handed to the query by a function of this name, which nobody can write.
const ANSWER: &str = "the answer";

/// What a query finds in an answer. What it finds unchanged has its members in their order.
///
/// # Errors
/// If the text is no query, or asks for something that can't be done with the values.
pub fn find(query: &str, answer: &Value) -> Result<Value, Mistake> {
    let ast = parsed(query)?;
    let mut values = Values::default();
    let root = values.add(answer);
    let mut runtime = Runtime::new();
    runtime.register_builtin_functions();
    let number = Signature::new(vec![ArgumentType::Any], None);
    runtime.register_function(
        "to_number",
        Box::new(CustomFunction::new(number, Box::new(to_number))),
    );
    // Searched with the values themselves and not with copies, they are known again in what is found.
    let given = Rcvar::clone(&root);
    runtime.register_function(
        ANSWER,
        Box::new(CustomFunction::new(
            Signature::new(Vec::new(), None),
            Box::new(move |_: &[Rcvar], _: &mut Context<'_>| Ok(Rcvar::clone(&given))),
        )),
    );
    let answer = Ast::Function {
        offset: 0,
        name: ANSWER.into(),
        args: Vec::new(),
    };
    let whole = Ast::Subexpr {
        offset: 0,
        lhs: Box::new(answer),
        rhs: Box::new(ast),
    };
    let found = Expression::new(query, whole, &runtime).search(());
    Ok(values.value(&found.map_err(mistake)?))
}

/// A query, with its numbers as numbers.
pub(crate) fn parsed(query: &str) -> Result<Ast, Mistake> {
    let mut ast = jmespath::parse(query).map_err(mistake)?;
    mend(&mut ast);
    Ok(ast)
}

fn mistake(error: JmespathError) -> Mistake {
    let what = match error.reason {
        ErrorReason::Parse(what) => what.lines().next().unwrap_or_default().to_owned(),
        ErrorReason::Runtime(what) => what.to_string(),
    };
    Mistake {
        at: error.offset + 1,
        what,
    }
}

/// As the language has it: numbers stay, texts are read, and anything else is nothing.
fn to_number(args: &[Rcvar], _: &mut Context<'_>) -> Result<Rcvar, JmespathError> {
    let read = |text: &str| serde_json::from_str::<Number>(text).ok();
    Ok(match args.first().map(|it| it.as_ref()) {
        Some(Variable::Number(_)) => Rcvar::clone(&args[0]),
        Some(Variable::String(text)) => {
            Rcvar::new(read(text).map_or(Variable::Null, Variable::Number))
        }
        _ => Rcvar::new(Variable::Null),
    })
}

/// The values of an answer as the language has them, and which is which.
#[derive(Default)]
struct Values<'a> {
    known: HashMap<*const Variable, &'a Value>,
}

impl<'a> Values<'a> {
    fn add(&mut self, value: &'a Value) -> Rcvar {
        let added = Rcvar::new(match value {
            Value::Null => Variable::Null,
            Value::Bool(is) => Variable::Bool(*is),
            Value::Number(number) => Variable::Number(number.clone()),
            Value::String(text) => Variable::String(text.clone()),
            Value::Array(items) => {
                Variable::Array(items.iter().map(|item| self.add(item)).collect())
            }
            Value::Object(members) => {
                let members = members.iter();
                let members = members.map(|(name, value)| (name.clone(), self.add(value)));
                Variable::Object(members.collect::<BTreeMap<_, _>>())
            }
        });
        if value.is_object() {
            self.known.insert(Rcvar::as_ptr(&added), value);
        }
        added
    }

    fn value(&self, found: &Rcvar) -> Value {
        if let Some(value) = self.known.get(&Rcvar::as_ptr(found)) {
            return (*value).clone();
        }
        match found.as_ref() {
            Variable::Null | Variable::Expref(_) => Value::Null,
            Variable::Bool(is) => Value::Bool(*is),
            Variable::Number(number) => Value::Number(number.clone()),
            Variable::String(text) => Value::String(text.clone()),
            Variable::Array(items) => items.iter().map(|item| self.value(item)).collect(),
            Variable::Object(members) => {
                let members = members.iter();
                let members = members.map(|(name, it)| (name.clone(), self.value(it)));
                Value::Object(members.collect::<Map<_, _>>())
            }
        }
    }
}
