//! Lists page by page: every operation that the models call paginated.

use super::World;
use formsmith_api::model::{Model, Operation, Service};
use formsmith_api::protocol::{self, Answer};
use serde_json::{Value, json};

/// An operation that pages, with the members it pages by and an input that names something.
struct List<'a> {
    service: &'a Service,
    operation: &'a Operation,
    input_token: &'a str,
    output_token: &'a str,
    items: &'a str,
    page_size: &'a str,
    input: &'a Value,
}

fn lists(model: &Model) -> Vec<List<'_>> {
    let mut lists = Vec::new();
    for service in model.services() {
        for operation in &service.operations {
            let Some(paginated) = &operation.traits.paginated else {
                continue;
            };
            lists.push(List {
                service,
                operation,
                input_token: &paginated.input_tokens[0],
                output_token: &paginated.output_tokens[0],
                items: paginated.items.as_deref().unwrap(),
                page_size: paginated.page_size.as_deref().unwrap(),
                input: &operation.traits.examples[0].input,
            });
        }
    }
    assert!(!lists.is_empty());
    lists
}

impl List<'_> {
    fn ask(&self, world: &mut World, size: usize, token: Option<&str>) -> Answer {
        let mut input = self.input.clone();
        input[self.page_size] = json!(size);
        input[self.input_token] = json!(token);
        let (prefix, name) = (&self.service.name, self.operation.name());
        let request = world.request(prefix, name, &input);
        let response = world.send(&request);
        protocol::response(&world.model, self.service, self.operation, &response).unwrap()
    }

    /// The items of a page and the token for the next.
    fn page(&self, world: &mut World, size: usize, token: Option<&str>) -> Page {
        let name = self.operation.name();
        match self.ask(world, size, token) {
            Answer::Output(output) => Page {
                items: output[self.items].as_array().unwrap().clone(),
                next: output
                    .get(self.output_token)
                    .map(|token| token.as_str().unwrap().to_owned()),
            },
            Answer::Error(error) => panic!("{name}: {error:?}"),
        }
    }
}

struct Page {
    items: Vec<Value>,
    next: Option<String>,
}

/// Every item once and in the same order, whatever the size of the pages.
#[test]
fn all_pages_together_are_the_whole_list() {
    let model = Model::embedded().unwrap();
    let mut walked = 0;
    for list in lists(&model) {
        let name = list.operation.name();
        let mut world = World::fresh();
        let mut walk = |size: usize| {
            let mut items = Vec::new();
            let mut token = None;
            loop {
                let mut page = list.page(&mut world, size, token.as_deref());
                assert!(page.items.len() <= size, "{name}");
                let is_full = page.items.len() == size;
                items.append(&mut page.items);
                token = page.next;
                if token.is_none() {
                    return items;
                }
                assert!(is_full, "{name}: a page that is not the last has room");
            }
        };
        let whole = walk(20);
        assert!(!whole.is_empty(), "{name} has nothing to list");
        for size in [1, 2, 7] {
            assert_eq!(walk(size), whole, "{name}");
        }
        walked += usize::from(whole.len() > 1);
    }
    assert!(walked > 5, "hardly a list has a second page");
}

#[test]
fn a_walk_may_change_the_size_of_its_pages() {
    let model = Model::embedded().unwrap();
    for list in lists(&model) {
        let mut world = World::fresh();
        let first = list.page(&mut world, 1, None);
        if first.next.is_some() {
            let rest = list.page(&mut world, 20, first.next.as_deref());
            let whole = list.page(&mut world, 20, None);
            assert_eq!(rest.items[0], whole.items[1], "{}", list.operation.name());
        }
    }
}

/// A token says nothing to a client and leads nowhere but where it was given.
#[test]
fn foreign_and_made_up_tokens_are_refused() {
    let model = Model::embedded().unwrap();
    let lists = lists(&model);
    let mut world = World::fresh();
    let mut given = Vec::new();
    for list in &lists {
        let token = list.page(&mut world, 1, None).next;
        given.extend(token.map(|token| (list.operation.name(), token)));
    }
    for list in &lists {
        let own = list.operation.name();
        let foreign = given.iter().filter(|(name, _)| *name != own);
        let foreign = foreign.map(|(_, token)| token.clone());
        let made_up = given.iter().filter(|(name, _)| *name == own);
        let made_up = made_up.flat_map(|(_, token)| {
            [
                token.replace(['0', '1', '2', '3', '4', '5', '6', '7'], "9"),
                format!("{token}0"),
                format!("+{}", &token[1..]),
                token[1..].to_owned(),
            ]
        });
        let other = ["1", "2", "eyJvZmZzZXQiOjF9", "🙂"].map(str::to_owned);
        for token in foreign.chain(made_up).chain(other) {
            let answer = list.ask(&mut world, 1, Some(&token));
            assert!(matches!(answer, Answer::Error(_)), "{own}: {token}");
        }
    }
}
