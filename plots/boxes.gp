# Box plots by group. file_boxes: row, low whisker, quartile, median, quartile, high
# whisker, label. file_dots: score, row. Boxes: middle half; line: median.
set title sprintf('%s, %d, by %s', index_name, year, grouping)
set lmargin screen 0.29
set rmargin screen 0.97
set border 1
unset key
set xrange [score_low:score_high]
set yrange [-0.7:n_row - 0.3]
set ytics scale 0
set grid xtics noytics
set style fill solid 0.35 border
set label 1 'Box: middle half. Line: median. Whiskers: furthest within 1.5 box lengths. Dot: one economy; in brackets how many.' \
  at screen 0.5, screen 22.0 / height center font ',10' textcolor rgb '#555555'
set bmargin screen 70.0 / height
plot file_boxes using 2:1:($6 - $2):(0) with vectors nohead linewidth 1.4 linecolor rgb '#555555', \
  '' using (0):1:3:5:($1 - 0.3):($1 + 0.3):ytic(shown(stringcolumn(7))) with boxxyerror linecolor rgb colour_1, \
  '' using 4:($1 - 0.3):(0):(0.6) with vectors nohead linewidth 2.5 linecolor rgb '#003b5c', \
  file_dots using 1:2 with points pointtype 7 pointsize 0.35 linecolor rgb '#d55e00'
