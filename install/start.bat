@echo off
rem Finds the Python this bundle is made for; start.py does the rest (--help).
setlocal
chcp 65001 >nul
set "HERE=%~dp0"
set /p WANTED=<"%HERE%python.txt"
set "FITS=import sys; sys.exit('.'.join(map(str, sys.version_info[:2])) != '%WANTED%')"
for %%P in ("py -%WANTED%" "python" "python3") do (
  %%~P -c "%FITS%" >nul 2>nul && (
    %%~P -X utf8 "%HERE%start.py" %* || pause
    exit /b
  )
)
type "%HERE%no-python.txt"
pause
exit /b 1
