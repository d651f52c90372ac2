/** The fields of an order: a code, when it was ordered, a total, and its items. */
export const orderProperties = {
  Code: { type: 'string', 'x-aliases': ['Reference'] },
  Ordered: { type: 'string', format: 'date', 'x-aliases': ['Order date'] },
  Total: { type: 'number' },
  Items: {
    type: 'array',
    items: { type: 'object', properties: { Item: { type: 'string' }, Price: { type: 'number' } } },
  },
};

export const orderFields = { type: 'object', required: ['Code'], properties: orderProperties };

/** The prices of the items are to add up to the total. */
export const addsUp = {
  name: 'adds up',
  check: "near(Total, sum(Items, 'Price'))",
  message: 'Items do not add up',
  severity: 'error',
};
