//! Numbers within a query. The parser reads literals through serde, which hands numbers of any
//! length on as an object of one member with a name of its own.

use jmespath::ast::{Ast, KeyValuePair};
use jmespath::{Rcvar, Variable};
use serde_json::Number;

/// The name that serde_json gives that member.
const NUMBER: &str = "$serde_json::private::Number";

/// A query in which such objects are numbers again.
pub fn mended(ast: Ast) -> Ast {
    let boxed = |ast: Box<Ast>| Box::new(mended(*ast));
    let all = |asts: Vec<Ast>| asts.into_iter().map(mended).collect();
    match ast {
        Ast::Literal { offset, value } => Ast::Literal {
            offset,
            value: value_of(&value),
        },
        Ast::Comparison {
            offset,
            comparator,
            lhs,
            rhs,
        } => Ast::Comparison {
            offset,
            comparator,
            lhs: boxed(lhs),
            rhs: boxed(rhs),
        },
        Ast::Condition {
            offset,
            predicate,
            then,
        } => Ast::Condition {
            offset,
            predicate: boxed(predicate),
            then: boxed(then),
        },
        Ast::Expref { offset, ast } => Ast::Expref {
            offset,
            ast: boxed(ast),
        },
        Ast::Flatten { offset, node } => Ast::Flatten {
            offset,
            node: boxed(node),
        },
        Ast::Function { offset, name, args } => Ast::Function {
            offset,
            name,
            args: all(args),
        },
        Ast::MultiList { offset, elements } => Ast::MultiList {
            offset,
            elements: all(elements),
        },
        Ast::MultiHash { offset, elements } => Ast::MultiHash {
            offset,
            elements: elements
                .into_iter()
                .map(|it| KeyValuePair {
                    key: it.key,
                    value: mended(it.value),
                })
                .collect(),
        },
        Ast::Not { offset, node } => Ast::Not {
            offset,
            node: boxed(node),
        },
        Ast::Projection { offset, lhs, rhs } => Ast::Projection {
            offset,
            lhs: boxed(lhs),
            rhs: boxed(rhs),
        },
        Ast::ObjectValues { offset, node } => Ast::ObjectValues {
            offset,
            node: boxed(node),
        },
        Ast::And { offset, lhs, rhs } => Ast::And {
            offset,
            lhs: boxed(lhs),
            rhs: boxed(rhs),
        },
        Ast::Or { offset, lhs, rhs } => Ast::Or {
            offset,
            lhs: boxed(lhs),
            rhs: boxed(rhs),
        },
        Ast::Subexpr { offset, lhs, rhs } => Ast::Subexpr {
            offset,
            lhs: boxed(lhs),
            rhs: boxed(rhs),
        },
        other @ (Ast::Identity { .. }
        | Ast::Field { .. }
        | Ast::Index { .. }
        | Ast::Slice { .. }) => other,
    }
}

fn value_of(value: &Rcvar) -> Rcvar {
    match value.as_ref() {
        Variable::Object(members) => {
            let number = members.get(NUMBER).and_then(|it| it.as_string());
            let number = number.and_then(|text| serde_json::from_str::<Number>(text).ok());
            Rcvar::new(match number {
                Some(number) => Variable::Number(number),
                None => {
                    let members = members.iter();
                    let members = members.map(|(name, it)| (name.clone(), value_of(it)));
                    Variable::Object(members.collect())
                }
            })
        }
        Variable::Array(items) => Rcvar::new(Variable::Array(items.iter().map(value_of).collect())),
        _ => Rcvar::clone(value),
    }
}
