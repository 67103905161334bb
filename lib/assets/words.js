// What Streamlit's own controls say in English only, in Chinese: on screen and to screen readers.
(() => {
  if (window.tongbaoWords) return;
  window.tongbaoWords = true;
  document.documentElement.lang = "zh-CN";

  const WORDS = {
    "Upload": "选择文件", "Add files": "添加文件", 
    "Drag and drop a file here": "把文件拖到这里", "Drag and drop files here": "把文件拖到这里",
    "No results": "没有匹配的选项", "Select all": "全选", "Clear all": "全部清除",
    "Clear value": "清除", "Clear entry": "清除", "Open": "展开", "Selected values": "已选",
    "Multiselect options": "选项", "Selectbox options": "选项", "Choose options": "请选择",
    "Choose an option": "请选择",
    "Fullscreen": "全屏", "Close fullscreen": "退出全屏", "Show data": "看数据", "Show chart": "看图",
    "Download as PNG": "存为图片", "Copy Vega-Lite spec": "复制图的定义",
    "Logo": "通报台",
    "Download as CSV": "下载CSV", "Search": "查找", "Type to search": "输入要找的字",
    "Close Search": "关闭查找", "Next Result": "下一处", "Previous Result": "上一处",
    "Show/hide columns": "显示或隐藏列", "Sort ascending": "升序", "Sort descending": "降序",
    "Autosize": "自动列宽", "Pin column": "固定列", "Unpin column": "取消固定", "Hide column": "隐藏列",
    "Format": "格式", "Statistics": "统计", "Copy column name": "复制列名",
    "Dataframe column menu": "列菜单", "Clear selection": "取消选择", "Add row": "添加行",
    "Delete": "删除", "Edit": "修改", "No data": "没有数据", "Loading...": "正在加载",
    "Running...": "正在运行", "Stop": "停止", "Rerun": "重新运行", "Main menu": "主菜单",
    "Settings": "设置", "Print": "打印", "Theme": "主题", "Light": "浅色", "Dark": "深色",
    "Use system setting": "随系统", "System": "随系统", "Appearance": "外观", "Close": "关闭",
    "Copy": "复制", "Copied": "已复制", "Notifications": "通知", "App pages": "页面",
    "Skip to main content": "跳到正文", "Collapse sidebar": "收起筛选", "Expand sidebar": "展开筛选",
    "Scroll tabs left": "向左翻", "Scroll tabs right": "向右翻", "Connecting": "正在连接",
    "Navigate to home page": "回到总览", "Sidebar": "筛选", "Choose date": "选择日期",
    "file upload": "选择文件", "yyyy": "年", "mm": "月", "dd": "日",
    "Upload failed": "没有传上去", "Error": "出错：", "Connection error": "连接中断", "Retry": "重试", "Network error": "网络中断",
    "Failed to generate file for download": "没有生成文件：可能没有权限，或登录已结束。请刷新页面再试。",
    // Grids: the menus of a column, a cell being changed.
    "Delete row(s)": "删除行", "Select...": "请选择", "No options": "没有选项", "No content": "没有内容", "None": "无",
    "Automatic": "自动", "Localized": "按地区习惯", "Plain": "不分节", "Compact": "缩略", "Percent": "百分比",
    "Scientific": "科学记数", "Accounting": "会计", "Dollar": "美元", "Euro": "欧元", "Yen": "日元",
    "Distance": "距今", "Calendar": "日历", "Duration": "时长",
    "Values": "有值", "Empty": "空", "Distinct": "不同的值", "Minimum": "最小", "Maximum": "最大", "Average": "平均",
    "Median": "中位数", "Standard deviation": "标准差", "Sum": "合计", "Range": "范围", "Count": "个数",
    "Minimum length": "最短", "Maximum length": "最长", "Average length": "平均长度", "Based on sample": "按抽样",
    "Top values frequency chart": "最多的值", "Distribution histogram": "分布", "True/false distribution chart": "是与否",
    "Scrollable table": "可滚动的表格", "JSON path": "路径", "Pagination": "翻页", "Next page": "下一页", "Previous page": "上一页",
    // Fields.
    "Clear date": "清除日期", "Clear dates": "清除日期", "Choose date range": "选择起止日期", "Choose date and time": "选择日期和时间",
    "Clear date and time": "清除日期和时间", "Quick select a date range": "快选起止日期", "Date range": "起止日期", "Time": "时间",
    "Past Week": "近一周", "Past Month": "近一个月", "Past 3 Months": "近三个月", "Past 6 Months": "近半年", "Past Year": "近一年",
    "Past 2 Years": "近两年",
    "Use arrow keys to navigate dates. Enter to select. Escape to close.": "用方向键移动，回车选定，Esc 关闭。",
    "Use arrow keys to navigate. Enter to select. Tab to switch between calendar and time. Escape to close.":
      "用方向键移动，回车选定，Tab 在日历和时间之间切换，Esc 关闭。",
    "No options to select": "没有可选的", "This field is required.": "必填。", "Invalid input.": "格式不对。",
    "Show password": "显示密码", "Hide password": "隐藏密码", "Increment": "加", "Decrement": "减", "Help": "说明", "Menu": "菜单",
    "Cancel": "取消", "OK": "确定", "Copy to clipboard": "复制", "Copied!": "已复制",
    // Files.
    "Unexpected error. Please try again.": "没有传上去。请再试一次。", "Download failed": "没有下载成", "Upload directories": "选择文件夹", "File size is too small.": "文件太小，不能上传。", "Too many files": "文件太多。",
    "Only one file is allowed.": "只能上传一个文件。",
    // The connection, and what a page does.
    "Connecting to Streamlit server": "正在连接服务器", "Unable to connect to Streamlit server": "连接不上服务器",
    "Connection timed out.": "连接超时。请检查网络，再刷新页面。",
    "Connection lost. Please wait for the app to reconnect, then try again.": "连接中断。请等重新连上后再试。",
    "Streamlit server is not responding. Are you connected to the internet?": "服务器没有回应。请检查网络；还不行，请联系管理员。",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:":
      "服务器没有在运行。请在装通报台的电脑上重新启动：",
    "streamlit run yourscript.py": "start.bat（Windows）或 ./start.sh（Linux）",
    "Page not found": "没有这一页", "Unknown error": "原因不明", "Unknown Error": "原因不明", "Loading": "正在加载",
    "Stopping...": "正在停止", "View less": "收起", "Toolbar action": "工具栏", "Custom Theme Light": "浅色", "Custom Theme Dark": "深色",
    "Custom Theme Auto": "随系统",
  };
  const PATTERNS = [
    [/^Press (.+\+)?Enter to apply$/, "按$1回车生效"],
    [/^Press (.+\+)?Enter to submit form$/, "按$1回车提交"],
    [/^(\d+)\s?MB per file/, "每个不超过$1 MB"],
    [/^File must be (\d+)\s?MB or smaller\.?$/, "文件超过$1 MB，不能上传。"],
    [/^(.+) files are not allowed\.?$/, "不能上传$1文件。"],
    [/^Remove (.+)$/, "移除$1"],
    [/^Only (\d+) files are allowed\.?$/, "最多上传$1个文件。"],
    [/^Add: (.+)$/, "添加：$1"],
    [/^Create "(.+)"$/, "新建“$1”"],
    [/^Help for (.+)$/, "“$1”的说明"],
    [/^Select (\d+) matches$/, "选中匹配的$1项"],
    [/^You can only select up to (\d+) options?\. Remove an option first\.$/, "最多选$1项，请先去掉一项。"],
    [/^View (\d+) more$/, "还有$1个"],
    [/^Save \((.+)\+Enter\)$/, "保存（$1+回车）"],
    [/^Cancel \(Escape\)$/, "取消（Esc）"],
    [/^Connection failed with status (\d+).*$/, "服务器回应了错误（$1）。请刷新页面；还不行，请联系管理员。"],
    [/^Cannot connect to Streamlit \(HTTP status: (\d+)\)[^]*$/, "服务器拒绝了连接（$1）。请从统一入口重新打开。"],
    [/^(?:The page that you have requested does not seem to exist|You have requested page )[^]*$/, "链接里的页面不存在，已显示总览。"],
    [/^Failed to open "[^]*$/, "新窗口没有打开，可能被浏览器拦截。请允许本站弹出窗口再试。"],
  ];
  // Why an upload failed, by the end of what is said.
  const FAILURES = [
    [/Request failed with status code 413$/, "文件太大，或这一页已放满（20个、共100 MB）。请移除不用的，或刷新页面后再传。"],
    [/Request failed with status code 503$/, "服务器暂时放不下更多文件。请过几分钟再传。"],
    [/Request failed with status code \d+$/, "没有传上去。请刷新页面后再传。"],
    [/AxiosError: Network Error$/, "网络中断，没有传上去。请再传一次。"],
  ];
  const NAMED = ["aria-label", "title", "placeholder", "alt"];
  // Ours already, and long: not looked through.
  const OURS = '[data-testid="stHtml"], svg';

  const said = (text) => {
    if (!/^\s*[\dA-Za-z]/.test(text)) return text;
    const failure = FAILURES.find(([end]) => end.test(text));
    if (failure) return failure[1];
    // A button of a chart names the chart: “Fullscreen: 7个地区…”.
    const [, word, about] = /^\s*([^]*?)(?:: ([^]*))?\s*$/.exec(text);
    if (Object.hasOwn(WORDS, word)) return WORDS[word] + (about ? `：${about}` : "");
    const whole = text.trim();
    const found = PATTERNS.find(([pattern]) => pattern.test(whole));
    return found ? whole.replace(...found) : text;
  };
  const renew = (text) => {
    const words = said(text.data);
    if (words !== text.data) text.data = words;
  };
  const rename = (element) => {
    for (const name of NAMED) {
      const held = element.getAttribute(name);
      const words = held && said(held);
      if (words && words !== held) element.setAttribute(name, words);
    }
  };
  const skim = {
    acceptNode: (node) =>
      node.nodeType === Node.ELEMENT_NODE && node.matches(OURS)
        ? NodeFilter.FILTER_REJECT
        : NodeFilter.FILTER_ACCEPT,
  };
  const look = (root) => {
    if ((root.nodeType === Node.TEXT_NODE ? root.parentElement : root)?.closest?.(OURS)) return;
    const walker = document.createTreeWalker(
      root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, skim);
    for (let node = root; node; node = walker.nextNode())
      node.nodeType === Node.TEXT_NODE ? renew(node) : rename(node);
  };

  // Once the browser has painted what came: no figure waits for a word.
  const idle = window.requestIdleCallback ?? setTimeout;
  let waiting = [];
  const catchUp = () => {
    const changes = waiting;
    waiting = [];
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach((node) => {
        if (node.nodeType === Node.TEXT_NODE || node.nodeType === Node.ELEMENT_NODE) look(node);
      });
      else if (change.type === "characterData") look(change.target);
      else rename(change.target);
    }
  };
  new MutationObserver((changes) => {
    if (!waiting.length) idle(catchUp, { timeout: 300 });
    waiting.push(...changes);
  }).observe(document.body, {
    childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: NAMED,
  });
  look(document.body);
})();
