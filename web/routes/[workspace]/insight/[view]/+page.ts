import { error } from '@sveltejs/kit';
import { type View, isView } from '#web/screens/insight/views.ts';

export const load = ({ params: { view } }: { params: { view: string } }): { view: View } =>
  isView(view) ? { view } : error(404);
