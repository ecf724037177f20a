import { useLogOut } from "@/api/commands";
import { Button } from "@/components/ui/Button";
import { Group, Row } from "@/components/ui/Section";
import { useMessages } from "@/i18n";
import { problemText } from "@/i18n/problemText";
import { useSettingsTexts } from "./texts";

/** The way out for a browser that came in with the access key: nothing of the page is left in it. */
export function AccessGroup() {
  const { access } = useSettingsTexts();
  const messages = useMessages();
  const logOut = useLogOut();
  const leave = () => logOut.mutate(undefined, { onSuccess: () => window.location.assign("/") });
  return (
    <Group title={access.title}>
      <Row
        label={access.logOut}
        hint={access.logOutHint}
        error={logOut.error ? problemText(messages, logOut.error) : undefined}
        isGroup
      >
        {(control) => (
          <Button aria-describedby={control["aria-describedby"]} onClick={leave}>
            {access.logOut}
          </Button>
        )}
      </Row>
    </Group>
  );
}
