//! The few words that are read from a service's XML.
//!
//! It is the only thing of an answer that the proxy itself must understand besides a name in
//! JSON, and whoever stands at the endpoint chooses it. So what is read has a bound in bytes and
//! in depth, one pass is all there is, and of entities only XML's own five are known.

use crate::limits;
use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::Event;

/// The texts of the first elements at these paths of local names; nothing at all if it is not
/// a short, well-formed document without a `DOCTYPE`.
pub fn texts<const N: usize>(document: &[u8], paths: [&[&str]; N]) -> [Option<String>; N] {
    let document = if document.len() <= limits::ANSWER_READ_BYTES {
        document
    } else {
        b""
    };
    let read = str::from_utf8(document)
        .ok()
        .and_then(|text| read(text, paths));
    read.unwrap_or([const { None }; N])
}

fn read<const N: usize>(text: &str, paths: [&[&str]; N]) -> Option<[Option<String>; N]> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut found = [const { None }; N];
    let mut within = Vec::with_capacity(limits::XML_DEPTH);
    // Which of the paths is being read, and what it holds so far.
    let mut reading: Option<(usize, String)> = None;
    let mut has_root = false;
    for _ in 0..limits::XML_EVENTS {
        let more = match reader.read_event().ok()? {
            Event::Start(start) => {
                if within.len() == limits::XML_DEPTH || (has_root && within.is_empty()) {
                    return None;
                }
                has_root = true;
                let name = start.local_name().into_inner();
                let mut names = paths.iter().copied().flatten().copied();
                within.push(names.find(|known| *known == name));
                let mut asked = paths.iter().zip(&found);
                if let Some(at) =
                    asked.position(|(path, found)| found.is_none() && is(&within, path))
                {
                    reading = Some((at, String::new()));
                }
                continue;
            }
            Event::End(_) => {
                if let Some((at, text)) = reading.take_if(|(at, _)| is(&within, paths[*at])) {
                    found[at] = Some(text);
                }
                within.pop()?;
                continue;
            }
            Event::Text(text) => text.into_inner(),
            Event::CData(text) => text.into_inner(),
            Event::GeneralRef(name) => resolve_xml_entity(&name)?.into(),
            Event::DocType(_) => return None,
            Event::Eof => return (has_root && within.is_empty()).then_some(found),
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
        };
        if let Some((at, text)) = &mut reading
            && is(&within, paths[*at])
        {
            *text += &more;
        }
    }
    None
}

/// Names that are on no path are not kept.
fn is(within: &[Option<&str>], path: &[&str]) -> bool {
    within.len() == path.len()
        && within
            .iter()
            .zip(path)
            .all(|(one, other)| *one == Some(other))
}
