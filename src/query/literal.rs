//! Numbers within a query. The parser reads literals through serde, which hands numbers of any
//! length on as an object of one member with a name of its own.

use jmespath::ast::Ast;
use jmespath::{Rcvar, Variable};
use serde_json::Number;

/// The name that serde_json gives that member.
const NUMBER: &str = "$serde_json::private::Number";

/// Makes numbers of such objects in a query.
pub fn mend(ast: &mut Ast) {
    match ast {
        Ast::Literal { value, .. } => *value = value_of(value),
        Ast::Comparison { lhs, rhs, .. }
        | Ast::Projection { lhs, rhs, .. }
        | Ast::And { lhs, rhs, .. }
        | Ast::Or { lhs, rhs, .. }
        | Ast::Subexpr { lhs, rhs, .. } => {
            mend(lhs);
            mend(rhs);
        }
        Ast::Condition {
            predicate, then, ..
        } => {
            mend(predicate);
            mend(then);
        }
        Ast::Expref { ast: node, .. }
        | Ast::Flatten { node, .. }
        | Ast::Not { node, .. }
        | Ast::ObjectValues { node, .. } => mend(node),
        Ast::Function { args: all, .. } | Ast::MultiList { elements: all, .. } => {
            all.iter_mut().for_each(mend);
        }
        Ast::MultiHash { elements, .. } => {
            elements.iter_mut().for_each(|it| mend(&mut it.value));
        }
        Ast::Identity { .. } | Ast::Field { .. } | Ast::Index { .. } | Ast::Slice { .. } => {}
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
