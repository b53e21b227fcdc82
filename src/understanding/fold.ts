import { Converter } from 'opencc-js/t2cn';

/** Traditional characters; each stands where its Simplified one stands in {@link SIMPLIFIED}. */
const TRADITIONAL =
  '這為個國時來們於對會發動過說產種後學經進著電裡現實兩體機當點從業應開還義間樣與關線內數麼質氣變條沒結問無軍並題黨員總設長頭資邊級圖統較將組見計別論運農幾區強決幹戰則據處隊給門規熱領東導壓爭濟階術極聯認' +
  '權證採轉單風帶場車務萬達積議聲報鬥類離華確張馬節話況溫傳許廣記觀織裝眾書兒須際驗連斷難礦週備辦習響約勞團歷構稱準號維劃選標寫親養層卻專狀廠識適屬圓調滿縣參紅細聽該鐵價嚴隨蘇爾講黃顯談藝營項舉勢幫輪亞師' +
  '圍遠態減樹葉魚視僅費緊愛續輕試護練負擊繼興餘堅輸夠筆佔財職覺漢畫雖雜飛檢昇陽創壞徑換鋼責簡錢盡衝獨環雙請讓軸紀優頂礎載敵勝絕塊劑測絲協訴陳羅鹽錯頻終雲衛燒遊舊貨損預穩媽擴銀語揮紙醫嗎針劉誤訓願審獲鮮糧' +
  '脫龍漸歡剛謂討亂殺藥寧魯貴鐘讀豐蘭擔執樂誰順煙縮徵臉腳異買靜補評踐寬揚傷氫憲慶編觸銷詩綠雞孫膠鄉臨陸顧燈歲劇趙課凱額紹齊偉爐楊桿鎮飯濃懷趕庫奪靈稅滅賽歸盤險錄純蓋橫槍潤蟲澤腦歐側徹慮納彈飼麥濕築惡戶訪' +
  '跡擺賣擇銅獻陣陰樓謀噸豬館爺驚遺纖傾謝奮購監貫釋詞頓寶塵聞殘橋婦綜吳搖贊訂園紛敗榮閉灣鍵駐鍋剝鹼齒煉紡廢緩淨莊貿慣夥勻紗辯億脈薩網噴縱掛賀閃牆軟滾盪儀軋貢鑽幣軌畝畢島鑄湯閥匯繞績啟顏淚藍鏡壯鋒貧虛彎綱' +
  '隸宮違夾緣窮溝繩憶漿欄擁貯禮濾鈉紋罷罰潛縫飽獎鋁麗鏈掃諸勵潔災鑑訟毀屆躍艱貝碼夢漁顆鉛倉銳曉隱礙撥肅牽搶殼訊誠頁齡倫尋鋪聖鄭騰貼闊輛儲簽鬧擾遞戲餵療撫蝦蠟鄰鞏擠棄勁鄧爛磚烏艦淺暫膽詳譜賓輝憤競緒塗偵懸' +
  '糾鎖賞鴨趨鳳輩灘驅篩峽壽譯遲貸脅蝕奧鳴嶺憑繪錫廟籌凍輔攝襲鉀鳥韓僑涼餾勸遼鴻輥飲罵辭蔣絨霧擬輯陝償廳駛賦澆鈣虧騙脹諧拋黴崗盜滲臟賴湧閱厲烴緯偽嘆釘莖籠錐恆傑綸敘獄絡驟冊屍紳犧轟晉禦錠錦喪鍛壟撲邁閒憂頑' +
  '漲闢懲飄飾蕭郵遷煩債帳鈴餅雛賢丟墊擋覽貪繳馮諾誼兇誣騎喬叢盧悶諮駕纜鉺擲頗慘臘窩滌劍潑蔥撈蒼濱倆瘋糞檔駁腸撐曬蓮攤攪醬皺暢疊閣萊轄鉤壩餓禍邏嘗韋綁詐詢鑰滯蘋饋賠謹髮復複曆穫嚇竊洩刪潰攔兌瀏僱蹤賬釣贖銘' +
  '厭聰啞懼懇惱姪謊謠詭譴賭賺販贓喲囑俠傭儉鈔鏽闖頒頸顛飆騷龜覓諷訣診誕誘諒謎謙謬貶賤賜贈贏遙彙臺係繫製鍾儘隻鬆麵範誌沖癥註蹟併妳裏佈啓羣綫乾湊薦禰嚥歎穀捨揀撿鈕欖渾誒嘍囉嚕淒艷貓饅餃暈釐襪褲襯虜屢豈貞瘡' +
  '癢癱鉗銬鉻錘鏢鐮韌顫颯馱馴駱駭鴿鵝鷹麩壘墾塒墮嬌娛嬰寢嶼嶄幟廬懺憐憫憊懾摳掄擰摯撾搗擄撣攙攜斂斬曠晝棧棟槳樁櫻櫥殲毆斃瀝灑濤渦淵濫瀟瀾燦燭牘狽狹獅獵瑪瑣疇皚盞睜瞞矯碩禱禪禿穢竅竄豎筍籮粵縴繃綢緘緞締縛' +
  '繽縹纓繚羈聳膚腎腫臍膿膩艙蘆葦繭荊熒蔭瑩螢薔螞蠻蝸蠅釁銜諜謁謗轍輾遜醞鑒鎊闡隴靂霽韃韜頰頤';

/** The Simplified characters of {@link TRADITIONAL}, in the same order. */
const SIMPLIFIED =
  '这为个国时来们于对会发动过说产种后学经进着电里现实两体机当点从业应开还义间样与关线内数么质气变条没结问无军并题党员总设长头资边级图统较将组见计别论运农几区强决干战则据处队给门规热领东导压争济阶术极联认' +
  '权证采转单风带场车务万达积议声报斗类离华确张马节话况温传许广记观织装众书儿须际验连断难矿周备办习响约劳团历构称准号维划选标写亲养层却专状厂识适属圆调满县参红细听该铁价严随苏尔讲黄显谈艺营项举势帮轮亚师' +
  '围远态减树叶鱼视仅费紧爱续轻试护练负击继兴余坚输够笔占财职觉汉画虽杂飞检升阳创坏径换钢责简钱尽冲独环双请让轴纪优顶础载敌胜绝块剂测丝协诉陈罗盐错频终云卫烧游旧货损预稳妈扩银语挥纸医吗针刘误训愿审获鲜粮' +
  '脱龙渐欢刚谓讨乱杀药宁鲁贵钟读丰兰担执乐谁顺烟缩征脸脚异买静补评践宽扬伤氢宪庆编触销诗绿鸡孙胶乡临陆顾灯岁剧赵课凯额绍齐伟炉杨杆镇饭浓怀赶库夺灵税灭赛归盘险录纯盖横枪润虫泽脑欧侧彻虑纳弹饲麦湿筑恶户访' +
  '迹摆卖择铜献阵阴楼谋吨猪馆爷惊遗纤倾谢奋购监贯释词顿宝尘闻残桥妇综吴摇赞订园纷败荣闭湾键驻锅剥碱齿炼纺废缓净庄贸惯伙匀纱辩亿脉萨网喷纵挂贺闪墙软滚荡仪轧贡钻币轨亩毕岛铸汤阀汇绕绩启颜泪蓝镜壮锋贫虚弯纲' +
  '隶宫违夹缘穷沟绳忆浆栏拥贮礼滤钠纹罢罚潜缝饱奖铝丽链扫诸励洁灾鉴讼毁届跃艰贝码梦渔颗铅仓锐晓隐碍拨肃牵抢壳讯诚页龄伦寻铺圣郑腾贴阔辆储签闹扰递戏喂疗抚虾蜡邻巩挤弃劲邓烂砖乌舰浅暂胆详谱宾辉愤竞绪涂侦悬' +
  '纠锁赏鸭趋凤辈滩驱筛峡寿译迟贷胁蚀奥鸣岭凭绘锡庙筹冻辅摄袭钾鸟韩侨凉馏劝辽鸿辊饮骂辞蒋绒雾拟辑陕偿厅驶赋浇钙亏骗胀谐抛霉岗盗渗脏赖涌阅厉烃纬伪叹钉茎笼锥恒杰纶叙狱络骤册尸绅牺轰晋御锭锦丧锻垄扑迈闲忧顽' +
  '涨辟惩飘饰萧邮迁烦债账铃饼雏贤丢垫挡览贪缴冯诺谊凶诬骑乔丛卢闷咨驾缆铒掷颇惨腊窝涤剑泼葱捞苍滨俩疯粪档驳肠撑晒莲摊搅酱皱畅叠阁莱辖钩坝饿祸逻尝韦绑诈询钥滞苹馈赔谨发复复历获吓窃泄删溃拦兑浏雇踪账钓赎铭' +
  '厌聪哑惧恳恼侄谎谣诡谴赌赚贩赃哟嘱侠佣俭钞锈闯颁颈颠飙骚龟觅讽诀诊诞诱谅谜谦谬贬贱赐赠赢遥汇台系系制钟尽只松面范志冲症注迹并你里布启群线干凑荐祢咽叹谷舍拣捡钮榄浑诶喽啰噜凄艳猫馒饺晕厘袜裤衬虏屡岂贞疮' +
  '痒瘫钳铐铬锤镖镰韧颤飒驮驯骆骇鸽鹅鹰麸垒垦埘堕娇娱婴寝屿崭帜庐忏怜悯惫慑抠抡拧挚挝捣掳掸搀携敛斩旷昼栈栋桨桩樱橱歼殴毙沥洒涛涡渊滥潇澜灿烛牍狈狭狮猎玛琐畴皑盏睁瞒矫硕祷禅秃秽窍窜竖笋箩粤纤绷绸缄缎缔缚' +
  '缤缥缨缭羁耸肤肾肿脐脓腻舱芦苇茧荆荧荫莹萤蔷蚂蛮蜗蝇衅衔谍谒谤辙辗逊酝鉴镑阐陇雳霁鞑韬颊颐';

/** Characters of the table that are at home in both scripts, so that they do not tell which one a text is in. */
const IN_BOTH = new Set(
  '著乾夥瞭藉徵昇黴諮妳后里干只斗升余准伙占采周冲划云几据谷凶霉咨着丰台系制面松范志注症迹并布群舍糟凄泪猫厘雇踪凑荐恒杰晒涂携洒你佣侄辟御腊筑征挂虫叶万喂',
);

/** Mainland text writes both for an account; phrases use the second. */
const VARIANT = { from: '帐', to: '账' };

const FIRST = 0x4e00;
const LAST = 0x9fff;

function foldTable(): Uint16Array {
  const table = new Uint16Array(LAST - FIRST + 1);
  for (let i = 0; i < TRADITIONAL.length; i += 1)
    table[TRADITIONAL.charCodeAt(i) - FIRST] = SIMPLIFIED.charCodeAt(i);
  table[VARIANT.from.charCodeAt(0) - FIRST] = VARIANT.to.charCodeAt(0);
  return table;
}

function tellTable(): Int8Array {
  const table = new Int8Array(LAST - FIRST + 1);
  for (const char of SIMPLIFIED) if (!IN_BOTH.has(char)) table[char.charCodeAt(0) - FIRST] = -1;
  for (const char of TRADITIONAL) if (!IN_BOTH.has(char)) table[char.charCodeAt(0) - FIRST] = 1;
  return table;
}

const FOLD = foldTable();
const TELL = tellTable();

/** Converts words of Taiwan too (簡訊 → 短信); made when first needed, which takes some 30 ms. */
let converter: ((text: string) => string) | null = null;

/**
 * The text in Simplified characters and mainland words, so that both ways of writing Chinese compare equal. A text in
 * Traditional characters is converted by words; of any other, single Traditional characters are.
 */
export function foldHan(text: string): string {
  if (hanBalance(text) > 0) {
    const convert = converter ?? Converter({ from: 'twp', to: 'cn' });
    converter = convert;
    return foldCharacters(convert(text));
  }
  return foldCharacters(text);
}

function foldCharacters(text: string): string {
  let folded = '';
  let done = 0;
  for (let i = 0; i < text.length; i += 1) {
    const to = FOLD[text.charCodeAt(i) - FIRST];
    if (to === undefined || to === 0) continue;
    folded += text.slice(done, i) + String.fromCharCode(to);
    done = i + 1;
  }
  return done === 0 ? text : folded + text.slice(done);
}

/**
 * Which Chinese script a text is in, by characters that only one of them has: above 0 Traditional, below 0
 * Simplified, 0 when it does not tell.
 */
export function hanBalance(text: string): number {
  let balance = 0;
  for (let i = 0; i < text.length; i += 1) balance += TELL[text.charCodeAt(i) - FIRST] ?? 0;
  return balance;
}
