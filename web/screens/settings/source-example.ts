/** One batch of one event, as a sender with curl would post it. */
export const sourceAddress = (origin: string, id: string): string => `${origin}/api/ingest/${id}`;

export const sourceExample = (address: string, secret: string): string => {
  const event = {
    specversion: '1.0',
    id: '1',
    source: 'my-room',
    type: 'Product Clicked',
    data: { product_id: 'NB-1000', viewer_id: 'oX9f-k2Wd' },
  };
  return [
    `curl -X POST ${address} \\`,
    `  -H 'Authorization: Bearer ${secret}' \\`,
    `  -H 'Content-Type: application/cloudevents-batch+json' \\`,
    `  -d '${JSON.stringify([event])}'`,
  ].join('\n');
};
