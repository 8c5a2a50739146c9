//! What `permissions.json` says of one request, filled from its input.

use super::arn;
use super::input::{collect_arns, note, tags_at, text_of, texts, values};
use super::{ANY, Condition, Grant, Needed, Origin, Place, Resource};
use serde_json::Value;

const PASS_ROLE: &str = "iam:PassRole";
/// A policy has at most 6,144 characters.
const MOST: usize = 20;

impl Needed {
    /// What `permissions.json` of a service says of a request; none where it doesn't know the
    /// operation.
    pub fn read(
        document: &Value,
        operation: &str,
        input: &Value,
        place: Place<'_>,
    ) -> Option<Self> {
        let described = &document["operations"][operation];
        let actions = described["actions"].as_array()?;
        let arns: Vec<&str> = texts(&document["arns"]).collect();
        let mut arns_there = Vec::new();
        collect_arns(input, &mut arns_there);
        let mut reader = Reader {
            arns,
            input,
            there: arns_there,
            place,
            needed: Self {
                origin: Origin::Reference,
                grants: Vec::new(),
                conditions: Vec::new(),
                also: texts(&described["also"]).map(str::to_owned).collect(),
                unknown: Vec::new(),
                unlimited: Vec::new(),
                unnamed: Vec::new(),
            },
        };
        for action in actions {
            reader.add(action);
        }
        reader.add_roles();
        Some(reader.needed)
    }
}

struct Reader<'a> {
    arns: Vec<&'a str>,
    input: &'a Value,
    /// The ARNs in the input.
    there: Vec<&'a str>,
    place: Place<'a>,
    needed: Needed,
}

/// A type of resources, with what the request says of it.
struct Found {
    arns: Vec<String>,
    /// The conditions that hold for it.
    conditions: Vec<usize>,
    is_required: bool,
    /// Is everything known that tells one resource of this type from others?
    is_complete: bool,
    /// Is the last part known, which the resource itself is called by?
    is_named: bool,
    unknown: Vec<String>,
}

impl Found {
    fn anything() -> Self {
        Self {
            arns: vec![ANY.into()],
            conditions: Vec::new(),
            is_required: true,
            is_complete: false,
            is_named: false,
            unknown: Vec::new(),
        }
    }
}

impl<'a> Reader<'a> {
    fn add(&mut self, action: &Value) {
        let Some(name) = action["action"].as_str() else {
            return;
        };
        let general = self.conditions(&action["keys"]);
        let types = action["resources"].as_array();
        let types = types.map(Vec::as_slice).unwrap_or_default();
        let templates: Vec<&str> = types.iter().filter_map(|it| self.template(it)).collect();
        let mut found: Vec<Found> = Vec::new();
        for of in types {
            found.extend(self.found(of, &templates));
        }
        let has_complete = found.iter().any(|it| it.is_complete || it.is_required);
        found.retain(|it| it.is_required || it.is_complete || !has_complete && it.is_named);
        let mut resources = Vec::new();
        for it in found {
            note(&mut self.needed.unknown, it.unknown);
            let conditions = [general.as_slice(), &it.conditions].concat();
            resources.extend(it.arns.into_iter().map(|arn| Resource {
                arn,
                conditions: conditions.clone(),
            }));
        }
        if resources.iter().any(|it| it.arn == ANY) || resources.is_empty() {
            match types.is_empty() {
                true => note(&mut self.needed.unlimited, [name.to_owned()]),
                false => note(&mut self.needed.unnamed, [name.to_owned()]),
            }
            resources = vec![Resource {
                arn: ANY.into(),
                conditions: general,
            }];
        }
        self.needed.grants.push(Grant {
            action: name.to_owned(),
            resources,
        });
    }

    fn template(&self, of: &Value) -> Option<&'a str> {
        let at = usize::try_from(of["arn"].as_u64()?).ok()?;
        self.arns.get(at).copied()
    }

    /// What the request says of a type of resources; `types` are those of the action.
    fn found(&mut self, of: &Value, types: &[&str]) -> Option<Found> {
        let template = self.template(of)?;
        let is_required = of["required"].as_bool() == Some(true);
        let conditions = self.conditions(&of["keys"]);
        // An ARN is of the type that says most of it.
        let is_whole = |arn: &&&str| {
            let own = arn::fit(template, arn).map(|(literally, _)| literally);
            let others = types.iter().filter_map(|it| arn::fit(it, arn));
            own.is_some() && others.map(|(literally, _)| literally).max() <= own
        };
        let whole: Vec<String> = self
            .there
            .iter()
            .filter(is_whole)
            .map(|it| (*it).into())
            .collect();
        if !whole.is_empty() && whole.len() <= MOST {
            return Some(Found {
                arns: whole,
                conditions,
                is_required,
                is_complete: true,
                is_named: true,
                unknown: Vec::new(),
            });
        }
        let mut unknown = Vec::new();
        let mut filled = vec![template.to_owned()];
        let (mut is_complete, mut is_named) = (true, true);
        for placeholder in arn::placeholders(template) {
            let of_place = match placeholder {
                "Partition" => Some(Some(self.place.partition)),
                "Region" => Some(Some(self.place.region)),
                "Account" => Some(self.place.account),
                _ => None,
            };
            let texts = match of_place {
                Some(text) => text.map(|text| vec![text.to_owned()]).unwrap_or_default(),
                None => match self.texts(&of["parts"][placeholder], template, placeholder) {
                    Some(texts) => texts,
                    // It names a resource of another kind.
                    None => return is_required.then(Found::anything),
                },
            };
            is_named = of_place.is_none() && !texts.is_empty();
            let is_clear = texts.len() == 1 || filled.len() == 1;
            let texts = match is_clear && !texts.is_empty() && texts.len() <= MOST {
                true => texts,
                false => {
                    is_complete &= of_place.is_some();
                    unknown.push(placeholder.to_owned());
                    vec![ANY.to_owned()]
                }
            };
            let written = |arn: &String| {
                let fill = |text: &String| {
                    let other = |name: &str| match name == placeholder {
                        true => text.clone(),
                        false => ["${", name, "}"].concat(),
                    };
                    arn::filled(arn, other)
                };
                texts.iter().map(fill).collect::<Vec<_>>()
            };
            filled = filled.iter().flat_map(written).collect();
        }
        Some(Found {
            arns: filled,
            conditions,
            is_required,
            is_complete,
            is_named,
            unknown,
        })
    }

    /// What the members at these paths have, as it stands in the place of a placeholder; none where
    /// that is the ARN of another kind of resource.
    fn texts(&self, paths: &Value, template: &str, placeholder: &str) -> Option<Vec<String>> {
        let paths = texts(paths);
        let values = paths.flat_map(|path| values(self.input, path));
        let mut found = Vec::new();
        for value in values.filter_map(|it| text_of(&it)) {
            if let Some(text) = self.text(&value, template, placeholder)? {
                note(&mut found, [arn::escaped(text)]);
            }
        }
        Some(found)
    }

    /// The outer option is none where it is the ARN of something else, the inner one where the text
    /// is no identifier of this kind.
    #[allow(clippy::option_option)]
    fn text<'t>(
        &self,
        value: &'t str,
        template: &str,
        placeholder: &str,
    ) -> Option<Option<&'t str>> {
        if value.starts_with("arn:") {
            let of_it = |it: &&&str| arn::placeholders(it).last() == Some(placeholder);
            let fits = self
                .arns
                .iter()
                .filter(of_it)
                .filter_map(|it| arn::fit(it, value));
            let (_, held) = fits.max_by_key(|(literally, _)| *literally)?;
            return Some(Some(held));
        }
        if let Some((_, address)) = value.split_once("://") {
            return Some(address.rsplit('/').next());
        }
        let before = arn::before(template, placeholder);
        let value = match before.ends_with('/') {
            true => value.trim_start_matches('/'),
            false => value,
        };
        let kinds = self.arns.iter().filter_map(|it| arn::kind(it));
        for kind in kinds.filter(|kind| kind.ends_with('/')) {
            if let Some(rest) = value.strip_prefix(kind) {
                // `/hostedzone/Z1` is one, `alias/name` is no key.
                return Some(before.ends_with(kind).then_some(rest));
            }
        }
        Some(Some(value))
    }

    /// The keys that the request has values for, each as a condition once.
    fn conditions(&mut self, keys: &Value) -> Vec<usize> {
        let keys = keys.as_object().into_iter().flatten();
        let mut found = Vec::new();
        for (key, of) in keys {
            let (Some(operator), Some(path)) = (of[0].as_str(), of[1].as_str()) else {
                continue;
            };
            for (key, values) in self.compared(key, operator, path) {
                let condition = Condition {
                    operator: operator.to_owned(),
                    key,
                    values,
                };
                let all = &mut self.needed.conditions;
                let known = all.iter().position(|it| *it == condition);
                found.push(known.unwrap_or(all.len()));
                if known.is_none() {
                    all.push(condition);
                }
            }
        }
        found
    }

    /// Keys with what the request has in them.
    fn compared(&self, key: &str, operator: &str, path: &str) -> Vec<(String, Vec<Value>)> {
        if let Some(family) = key.strip_suffix("${TagKey}") {
            let mut tags = Vec::new();
            for (name, value) in tags_at(self.input, path) {
                // Two resources with two tags of one name are two requests to IAM.
                if tags.iter().all(|(it, _)| *it != [family, &name].concat()) {
                    tags.push(([family, &name].concat(), vec![arn::escaped(&value).into()]));
                }
            }
            return tags;
        }
        let mut found = Vec::new();
        for value in values(self.input, path) {
            let Some(text) = text_of(&value) else {
                return Vec::new();
            };
            if operator.ends_with("ArnEquals") && !text.starts_with("arn:") {
                return Vec::new();
            }
            note(&mut found, [Value::from(arn::escaped(&text))]);
        }
        let is_usable = !found.is_empty() && found.len() <= MOST;
        let pair = is_usable.then(|| (key.to_owned(), found));
        pair.into_iter().collect()
    }

    /// A role that is handed to a service has to be one that may be.
    fn add_roles(&mut self) {
        let is_role = |it: &&&str| it.split(':').nth(2) == Some("iam") && it.contains(":role/");
        let of_grants = |arn: &str| {
            let mut resources = self.needed.grants.iter().flat_map(|it| &it.resources);
            resources.any(|it| it.arn == arn)
        };
        let roles = self
            .there
            .iter()
            .filter(is_role)
            .filter(|it| !of_grants(it));
        let mut arns = Vec::new();
        note(&mut arns, roles.map(|it| (*it).to_owned()));
        let at = self.needed.also.iter().position(|it| it == PASS_ROLE);
        if let Some(at) = at.filter(|_| !arns.is_empty()) {
            self.needed.also.remove(at);
            let resources = arns.into_iter().map(|arn| Resource {
                arn,
                conditions: Vec::new(),
            });
            self.needed.grants.push(Grant {
                action: PASS_ROLE.into(),
                resources: resources.collect(),
            });
        } else if !arns.is_empty() {
            note(&mut self.needed.also, [PASS_ROLE.to_owned()]);
        }
    }
}
