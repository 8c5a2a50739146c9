// The operation's form and the table of its answer, written by hand with AWS's own components.
import "@cloudscape-design/global-styles/index.css";
import AttributeEditor from "@cloudscape-design/components/attribute-editor";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Form from "@cloudscape-design/components/form";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import Pagination from "@cloudscape-design/components/pagination";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useState } from "react";
import { createRoot } from "react-dom/client";
import { columns, input, rowsAsked, schema } from "../data.mjs";

const { maxItems, items } = schema.properties.ServiceActionAssociations;
const pageSize = 50;

function problem(name, value) {
  const { maxLength, pattern } = items.properties[name];
  if (!value) return "Enter a value.";
  if (value.length > maxLength) return `Use at most ${maxLength} characters.`;
  if (!new RegExp(pattern).test(value)) return "Use only letters, digits, - and _.";
}

function Answer({ failures }) {
  const [page, setPage] = useState(1);
  const shown = [...columns, { name: "ErrorCode", title: "Error" }, { name: "ErrorMessage", title: "Message" }];
  const pagination = (
    <Pagination
      currentPageIndex={page}
      pagesCount={Math.ceil(failures.length / pageSize)}
      onChange={({ detail }) => setPage(detail.currentPageIndex)}
    />
  );
  return (
    <Table
      header={<Header counter={`(${failures.length})`}>Failed associations</Header>}
      columnDefinitions={shown.map(({ name, title }) => ({ id: name, header: title, cell: (row) => row[name] }))}
      items={failures.slice((page - 1) * pageSize, page * pageSize)}
      totalItemsCount={failures.length}
      pagination={pagination}
    />
  );
}

function Page() {
  const [rows, setRows] = useState(() => input(rowsAsked()).ServiceActionAssociations);
  const [failures, setFailures] = useState();
  const change = (at, name, value) => setRows(rows.map((row, index) => (index === at ? { ...row, [name]: value } : row)));
  const send = async () => {
    const body = JSON.stringify({ ServiceActionAssociations: rows });
    const answer = await fetch("api/servicecatalog", { method: "POST", body });
    setFailures((await answer.json()).FailedServiceActionAssociations);
  };
  const definition = columns.map(({ name, title }) => ({
    label: title,
    errorText: (row) => problem(name, row[name]),
    control: (row, at) => <Input value={row[name]} onChange={({ detail }) => change(at, name, detail.value)} />,
  }));
  const editor = (
    <AttributeEditor
      addButtonText="Add association"
      removeButtonText="Remove"
      items={rows}
      definition={definition}
      additionalInfo={rows.length > maxItems ? `Use at most ${maxItems} associations.` : undefined}
      onAddButtonClick={() => setRows([...rows, {}])}
      onRemoveButtonClick={({ detail }) => setRows(rows.filter((_, at) => at !== detail.itemIndex))}
    />
  );
  const actions = <Button variant="primary" onClick={send}>Disassociate</Button>;
  return (
    <SpaceBetween size="l">
      <Form header={<Header variant="h1">Disassociate service actions in bulk</Header>} actions={actions}>
        <Container header={<Header variant="h2">Associations</Header>}>{editor}</Container>
      </Form>
      {failures && <Answer failures={failures} />}
    </SpaceBetween>
  );
}

createRoot(document.querySelector("main")).render(<Page />);
