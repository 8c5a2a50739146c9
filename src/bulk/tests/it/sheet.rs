//! Files as people have them, in pieces of any length.

use formsmith_bulk::sheet::{Encoding, Format, Found, NotRead, ReadSettings, Reader, Sheet};
use proptest::prelude::*;

fn read_pieces(
    bytes: &[u8],
    piece: usize,
    settings: ReadSettings,
) -> Result<(Sheet, Found), NotRead> {
    let mut reader = Reader::new(settings);
    for piece in bytes.chunks(piece) {
        reader.push(piece)?;
    }
    reader.finish()
}

/// The same whatever the pieces are.
fn read(bytes: &[u8]) -> (Sheet, Found) {
    let (sheet, found) = read_pieces(bytes, 1, ReadSettings::default()).unwrap();
    let (whole, of_whole) = read_pieces(bytes, bytes.len(), ReadSettings::default()).unwrap();
    assert_eq!((table(&sheet), found), (table(&whole), of_whole));
    (sheet, found)
}

fn table(sheet: &Sheet) -> (Vec<String>, Vec<Vec<String>>) {
    let row = |row| {
        (0..sheet.columns().len() as u32)
            .map(|it| sheet.cell(row, it).to_owned())
            .collect()
    };
    (
        sheet.columns().to_vec(),
        (0..sheet.rows()).map(row).collect(),
    )
}

fn rows(bytes: &[u8]) -> Vec<Vec<String>> {
    table(&read(bytes).0).1
}

#[test]
fn quotes_hold_separators_line_ends_and_quotes() {
    let (sheet, found) =
        read(b"name,text\r\na,\"1,2\"\r\nb,\"two\nlines\"\r\nc,\"say \"\"yes\"\"\"\r\n\r\n");
    assert_eq!(found.format, Format::Delimited(','));
    assert!(found.has_header && !found.has_open_quote);
    assert_eq!(sheet.columns(), ["name", "text"]);
    assert_eq!(
        rows(b"name,text\na,\"1,2\"\nb,\"two\nlines\"\nc,\"say \"\"yes\"\"\""),
        table(&sheet).1
    );
    assert_eq!(sheet.cell(1, 1), "two\nlines");
    assert_eq!(sheet.cell(2, 1), "say \"yes\"");
}

#[test]
fn the_separator_is_found_out() {
    for (text, c) in [
        ("a;b;c\n1,5;2;3\n2,5;3;4\n", ';'),
        ("a\tb, c\td\n1\t2\t3\n", '\t'),
        ("a|b\n1|2\n", '|'),
        ("a,b\n\"x;y;z\",2\n", ','),
        ("one\n2\n", ','),
    ] {
        assert_eq!(
            read(text.as_bytes()).1.format,
            Format::Delimited(c),
            "{text}"
        );
    }
    assert!(read("a;b\n1,5;2\n".as_bytes()).1.has_decimal_commas);
    assert!(!read("a;b\n1,5;2.5\n".as_bytes()).1.has_decimal_commas);
}

#[test]
fn a_file_without_a_header_has_numbers_for_names() {
    let (sheet, found) = read(b"arn:aws:x,210987654321\narn:aws:y,310987654321\n");
    assert!(!found.has_header);
    assert_eq!(sheet.columns(), ["1", "2"]);
    assert_eq!(sheet.rows(), 2);
    let settings = ReadSettings {
        has_header: Some(true),
        ..ReadSettings::default()
    };
    let (sheet, _) = read_pieces(b"1,2\n3,4\n", 3, settings).unwrap();
    assert_eq!(
        table(&sheet),
        (
            vec!["1".into(), "2".into()],
            vec![vec!["3".into(), "4".into()]]
        )
    );
}

#[test]
fn columns_without_a_name_or_with_that_of_another_get_one() {
    let (sheet, _) = read(b"name,,name\na,b,c,d\n");
    assert_eq!(
        sheet.columns(),
        ["1", "2", "3", "4"],
        "a header has all names"
    );
    let settings = ReadSettings {
        has_header: Some(true),
        ..ReadSettings::default()
    };
    let (sheet, _) = read_pieces(b"name,,name\na,b,c,d\n", 5, settings).unwrap();
    assert_eq!(sheet.columns(), ["name", "2", "name (2)", "4"]);
}

#[test]
fn encodings_are_found_out_and_told() {
    let text = "größe;preis\nmaß;5 €\n";
    let utf16 = |is_big: bool, mark: bool| {
        let mark = if mark { "\u{feff}" } else { "" };
        let units: Vec<u16> = format!("{mark}{text}").encode_utf16().collect();
        let bytes = units.iter().flat_map(|it| {
            if is_big {
                it.to_be_bytes()
            } else {
                it.to_le_bytes()
            }
        });
        bytes.collect::<Vec<u8>>()
    };
    let windows: Vec<u8> = text
        .chars()
        .map(|c| match c {
            '€' => 0x80,
            c => u8::try_from(u32::from(c)).unwrap(),
        })
        .collect();
    let with_mark = format!("\u{feff}{text}");
    for (bytes, encoding) in [
        (text.as_bytes().to_vec(), Encoding::Utf8),
        (with_mark.into_bytes(), Encoding::Utf8),
        (utf16(false, true), Encoding::Utf16Le),
        (utf16(true, true), Encoding::Utf16Be),
        (windows, Encoding::Windows1252),
    ] {
        let (sheet, found) = read(&bytes);
        assert_eq!((found.encoding, found.replaced), (encoding, 0));
        assert_eq!(sheet.columns(), ["größe", "preis"]);
        assert_eq!(sheet.cell(0, 1), "5 €");
    }
    // Without a mark the beginning tells.
    let plain: Vec<u8> = "name;x\nß;1\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(read(&plain).1.encoding, Encoding::Utf16Le);
    // What can be neither is told.
    let (_, found) = read(b"\xc3\xa4,b\nx,\xff\n");
    assert_eq!((found.encoding, found.replaced), (Encoding::Utf8, 1));
}

#[test]
fn objects_of_json_are_rows() {
    let array = br#"[{"Name":"a","Tags":{"owner":"x"},"n":5},
        {"Name":"b","Accounts":["1","2"],"n":null, "more":"q\"}"}]"#;
    let (sheet, found) = read(array);
    assert_eq!(found.format, Format::Json);
    assert_eq!(
        sheet.columns(),
        ["Name", "Tags.owner", "n", "Accounts", "more"]
    );
    assert_eq!(sheet.cell(0, 1), "x");
    assert_eq!(sheet.cell(0, 2), "5");
    assert_eq!(sheet.cell(0, 4), "");
    assert_eq!(sheet.cell(1, 3), r#"["1","2"]"#);
    assert_eq!(sheet.cell(1, 4), "q\"}");
    let (sheet, found) = read(b"{\"a\":1}\n{\"b\":true}\n\n");
    assert_eq!(found.format, Format::JsonLines);
    assert_eq!(table(&sheet).1, [["1", ""], ["", "true"]]);
}

#[test]
fn what_is_no_table_says_why() {
    let fails = |bytes: &[u8]| read_pieces(bytes, 4, ReadSettings::default()).err();
    assert_eq!(fails(b""), Some(NotRead::Empty));
    assert_eq!(fails(b"name,x\n"), Some(NotRead::Empty));
    assert_eq!(
        fails(b"[{\"a\":1},2]"),
        Some(NotRead::NotAnObject { row: 2 })
    );
    assert_eq!(
        fails(b"[{\"a\":1},{\"b\":"),
        Some(NotRead::CutOff { row: 2 })
    );
    assert!(read(b"name,x\na,\"b\nc,d\n").1.has_open_quote);
    let settings = ReadSettings {
        most_rows: 2,
        most_bytes: 100,
        ..ReadSettings::default()
    };
    let fails = |bytes: &[u8]| read_pieces(bytes, 4, settings).err();
    assert_eq!(fails(b"name,x\na,1\nb,2\n"), None);
    assert_eq!(
        fails(b"name,x\na,1\nb,2\nc,3\n"),
        Some(NotRead::TooManyRows { most: 2 })
    );
    assert_eq!(fails(&[b'a'; 101]), Some(NotRead::TooLarge { most: 100 }));
}

#[test]
fn a_cell_is_edited_in_its_place() {
    let (mut sheet, _) = read(b"name,x\na,1\nb,2\n");
    sheet.edit(1, 0, "c");
    assert_eq!(
        (sheet.cell(1, 0), sheet.cell(1, 1), sheet.cell(0, 0)),
        ("c", "2", "a")
    );
}

proptest! {
    #[test]
    fn whatever_is_written_is_read_again(
        cells in prop::collection::vec(prop::collection::vec("[a-z;,\"\n é0-9]{0,8}", 3), 1..6),
        piece in 1_usize..9,
    ) {
        let mut text = String::from("one,two,three\r\n");
        for row in &cells {
            let quoted: Vec<String> = row.iter().map(|it| format!("\"{}\"", it.replace('"', "\"\""))).collect();
            text += &quoted.join(",");
            text += "\r\n";
        }
        let settings = ReadSettings {
            format: Some(Format::Delimited(',')),
            has_header: Some(true),
            ..ReadSettings::default()
        };
        // A row of nothing but white space is none.
        let is_row = |row: &&Vec<String>| row.iter().any(|it| !it.trim().is_empty());
        let wanted: Vec<Vec<String>> = cells.iter().filter(is_row).cloned().collect();
        match read_pieces(text.as_bytes(), piece, settings) {
            Ok((sheet, _)) => prop_assert_eq!(table(&sheet).1, wanted),
            Err(why) => prop_assert!(wanted.is_empty(), "{why:?}"),
        }
    }

    #[test]
    fn no_bytes_break_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..200), piece in 1_usize..20) {
        let _ = read_pieces(&bytes, piece, ReadSettings::default());
    }
}
