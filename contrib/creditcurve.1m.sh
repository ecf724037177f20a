#!/bin/sh
# <xbar.title>CreditCurve</xbar.title>
# <xbar.desc>Claude Code credits on AICodeMirror</xbar.desc>
# A plug-in of SwiftBar and xbar: put it into their plug-in folder and make it executable.
# Menu bar programs have a short PATH; these are the places of uv, pipx and Homebrew.
PATH="$HOME/.local/bin:/opt/homebrew/bin:/usr/local/bin:$PATH"
creditcurve statusline </dev/null
echo '---'
creditcurve status 2>&1 | sed 's/|/\\|/g; s/$/ | font=Menlo trim=false/'
echo '---'
echo 'Open the page | href=http://127.0.0.1:8080'
