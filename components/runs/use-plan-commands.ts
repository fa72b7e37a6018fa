import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { errorWords } from '#components/shell/error-words.ts';

/** The calls of one kind of plan. */
interface PlanCalls<Plan, Request, Change> {
  create: (request: Request) => Promise<Plan>;
  update: (id: string, change: Change) => Promise<Plan>;
  remove: (id: string) => Promise<unknown>;
}

/** Makes, changes and deletes what is kept under a name; the list at hand follows the answers. */
export function usePlanCommands<Plan extends { id: string; name: string }, Request, Change>(
  queryKey: readonly unknown[],
  calls: PlanCalls<Plan, Request, Change>,
) {
  const queryClient = useQueryClient();
  const without =
    (id: string) =>
    (plans: readonly Plan[] = []) =>
      plans.filter((plan) => plan.id !== id);
  const put = (plan: Plan) =>
    queryClient.setQueryData<Plan[]>(queryKey, (before) =>
      [...without(plan.id)(before), plan].sort((one, other) => one.name.localeCompare(other.name)),
    );
  const create = useMutation({ mutationFn: calls.create, onSuccess: put });
  const change = useMutation({
    mutationFn: ({ id, change: part }: { id: string; change: Change }) => calls.update(id, part),
    onSuccess: put,
  });
  const remove = useMutation({
    mutationFn: calls.remove,
    onSuccess: (_, id) => queryClient.setQueryData<Plan[]>(queryKey, without(id)),
    onError: (thrown) => toast.error(errorWords(thrown)),
  });
  return { create, change, remove };
}
