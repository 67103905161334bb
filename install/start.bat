@echo off
rem Finds the Python this bundle is made for, first the one it was installed with; start.py does the rest (--help).
setlocal
chcp 65001 >nul
set "HERE=%~dp0"
rem Opened inside the zip, only this file is there. "Unpack all of it first", in Chinese:
if not exist "%HERE%start.py" (
  powershell -NoProfile -Command "[regex]::Unescape('\u6ca1\u6709\u542f\u52a8\uff1a\u8bf7\u5148\u628a\u5b89\u88c5\u5305\u5168\u90e8\u89e3\u538b\uff0c\u518d\u5728\u89e3\u538b\u51fa\u7684\u6587\u4ef6\u5939\u91cc\u53cc\u51fb start.bat\u3002')"
  pause
  exit /b 2
)
set /p WANTED=<"%HERE%python.txt"
set "FITS=import sys; sys.exit('.'.join(map(str, sys.version_info[:2])) != '%WANTED%')"
set "KNOWN="
if exist "%HERE%venv\pyvenv.cfg" for /f "usebackq tokens=1,* delims== " %%A in ("%HERE%venv\pyvenv.cfg") do if "%%A"=="executable" set "KNOWN=%%B"
if defined PYTHON call :fits "%PYTHON%" && goto found
if defined KNOWN call :fits "%KNOWN%" && goto found
call :fits py -%WANTED% && goto found
call :fits python && goto found
call :fits python3 && goto found
type "%HERE%no-python.txt"
pause
exit /b 2

:found
rem One block: uninstalling deletes this file while it runs.
(
  %RUN% -X utf8 "%HERE%start.py" %* || (pause & exit /b 1)
  exit /b 0
)

:fits
%* -c "%FITS%" >nul 2>nul || exit /b 1
set RUN=%*
exit /b 0
