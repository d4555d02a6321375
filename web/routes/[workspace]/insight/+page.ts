import { redirect } from '@sveltejs/kit';

export const load = ({ params }: { params: { workspace: string } }): never =>
  redirect(307, `/${params.workspace}/insight/stages`);
