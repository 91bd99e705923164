/** The present page when it is of a given view, for the panels of that view; and pages made from facts. */
import { computed, type ComputedRef } from "vue";
import {
  firstPage,
  type OverviewPage,
  type Page,
  type PlanPage,
  type ProjectsPage,
  type StatusName,
} from "./address";
import { view } from "./view";

type Of<N extends Page["view"]> = Extract<Page, { view: N }>;

/** Give the present page of a view; while another view is open, the page this one begins with. */
export function usePage<N extends Page["view"]>(name: N): ComputedRef<Of<N>> {
  return computed(() => {
    const { page } = view.value;
    return (page.view === name ? page : firstPage(name)) as Of<N>;
  });
}

export function targetPage(target: string): PlanPage {
  return { ...(firstPage("plan") as PlanPage), target };
}

/** The plan's list, narrowed down. */
export function planList(parts: Partial<PlanPage>): PlanPage {
  return { ...(firstPage("plan") as PlanPage), ...parts };
}

export function statusList(...statuses: StatusName[]): PlanPage {
  return planList({ statuses });
}

export function projectPage(id: number): ProjectsPage {
  return { ...(firstPage("projects") as ProjectsPage), case: id };
}

export function projectList(parts: Partial<ProjectsPage>): ProjectsPage {
  return { ...(firstPage("projects") as ProjectsPage), ...parts };
}

export function overviewPage(target: string | null): OverviewPage {
  return { view: "overview", target };
}
